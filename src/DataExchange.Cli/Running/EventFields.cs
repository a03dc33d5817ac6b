using System.Collections;
using System.Globalization;
using System.Reflection;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Running;

/// <summary>What an event says, for people: amounts in yuan, parties with their names, terms in words.</summary>
internal sealed class EventFields(PartyNames names)
{
    /// <summary>The fields of an event, but for its time, who did it, and what its stream is named after.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="data">The event.</param>
    /// <returns>Name and value of each, such as <c>amount: 1,200.00 yuan</c>.</returns>
    public IReadOnlyList<string> Of(string stream, Event data)
    {
        var local = stream[(stream.IndexOf('/') + 1)..];
        return
        [
            .. Fields(data)
                .Where(field => field.Name is not nameof(Event.At) and not nameof(Event.By) && field.Value.ToString() != local)
                .Select(field => field.Value is PartyId party && party == data.By ? $"{Lower(field.Name)}: {party}" : Show(field.Name, field.Value)),
        ];
    }

    /// <summary>A moment as people read it: <c>2025-05-31 09:30:00</c>, China Standard Time.</summary>
    public static string Show(SimulatedTime time) => time.ToString()[..19].Replace('T', ' ');

    // What is computed from the other fields cannot be set.
    private static IEnumerable<(string Name, object Value)> Fields(object record) => record.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => (property.Name, Value: property.GetValue(record)))
        .Where(field => field.Value is not null and not ICollection { Count: 0 })!;

    private string Show(string name, object value)
    {
        var shown = Lower(name);
        return value switch
        {
            long fen when name.EndsWith("Fen", StringComparison.Ordinal) => $"{shown[..^"Fen".Length]}: {new Money(fen)} yuan",
            int points when name.EndsWith("BasisPoints", StringComparison.Ordinal) => string.Create(
                CultureInfo.InvariantCulture, $"{shown[..^"BasisPoints".Length]}: {points / 100}.{points % 100:00} %"),
            _ => $"{shown}: {Show(value)}",
        };
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private string Show(object value) => value switch
    {
        string text => text,
        PartyId party => names.Show(party.Value),
        SimulatedTime time => Show(time),
        bool yes => yes ? "yes" : "no",
        Enum term => Words(term) is { } words ? $"{words.Zh} {words.En}" : term.ToString(),
        BookOrderTerms order => Both(BookWords.Of(order)),
        IEnumerable list => "[" + string.Join("; ", list.Cast<object>().Select(Show)) + "]",
        ProductId or DealId or VenueId or RequirementId or BundleId or Handle => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Join(", ", Fields(value).Select(field => Show(field.Name, field.Value))),
    };

    private static string Both(Text text) => $"{text.Zh} | {text.En}";

    private static Text? Words(Enum term) => term switch
    {
        Rejection reason => RejectionWords.Of(reason),
        ProductForm form => Terms.Of(form),
        LicenceKind licence => Terms.Of(licence),
        PriceUnit unit => Terms.Of(unit),
        TradeChannel channel => Terms.Of(channel),
        SecurityClass security => Terms.Of(security),
        DelistingReason reason => Terms.Of(reason),
        ValuationApproach approach => Terms.Of(approach),
        DataRights rights => Terms.Of(rights),
        EvidenceKinds evidence => Terms.Of(evidence),
        BookSide side => BookWords.Of(side),
        BookOrderKind kind => BookWords.Of(kind),
        BookOrderLife life => BookWords.Of(life),
        PackSupply supply => BookWords.Of(supply),
        SelfTradePolicy policy => BookWords.Of(policy),
        TradingPhase phase => BookWords.Of(phase),
        BookCancelCause cause => BookWords.Of(cause),
        _ => null,
    };
}
