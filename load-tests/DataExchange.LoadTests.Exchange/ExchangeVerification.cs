using System.Globalization;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Exchange.Verification;
using DataExchange.Services;
using DataExchange.Trust.Logs;

namespace DataExchange.LoadTests.Exchange;

/// <summary>
/// Reads an exchange's store after a run: a licence for every acknowledged order and none twice, books that balance after every fact, an empty quarantine;
/// in a whole market also every invariant of <see cref="MarketAudit"/>, and logs whose published heads are those of the facts before.
/// </summary>
internal static class ExchangeVerification
{
    private const int MostOfAKind = 5;

    /// <summary>What is wrong; empty when nothing is.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="orders">The orders of the run.</param>
    /// <param name="isWhole">Whether the market came about by all its services: one that was made by commands to two of them has no past to be audited.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(EmbeddedExchange exchange, AcknowledgedOrders orders, bool isWhole, CancellationToken cancellation)
    {
        await exchange.RestAsync(cancellation).ConfigureAwait(false);
        orders.BeginCount();
        var problems = new List<string>();
        var ledger = new MarketLedger();
        var logs = isWhole ? new LogKeeper(exchange.Keys) : null;
        var whole = new List<RecordedEvent>();
        var (sequence, defects) = (0L, 0);
        await foreach (var fact in exchange.FactsAsync(cancellation).ConfigureAwait(false))
        {
            if (ledger.Take(++sequence, fact.Stream, fact.Version, fact.Data) is { } defect && defects++ < MostOfAKind)
            {
                problems.Add($"the books do not take fact {sequence.ToString(CultureInfo.InvariantCulture)} of {fact.Stream}: {defect}");
            }

            if (fact.Data is LicenceGranted granted)
            {
                orders.TakeLicence(granted.Deal.Value);
            }

            if (logs is null)
            {
                continue;
            }

            whole.Add(fact);
            if (fact.Data is TreeHeadPublished published && logs.HeadOf(published.Venue.Value) != published.Head)
            {
                problems.Add($"the head that {published.Venue} published is not that of the facts before it");
            }

            logs.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
        }

        problems.AddRange(orders.Problems());
        var totals = LedgerTotals.Of(ledger);
        if (totals.TrialBalanceFen != 0 || !totals.IsBalanced)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"the books do not balance: debits less credits are {totals.TrialBalanceFen} fen"));
        }

        var aside = await new QuarantineShelf(exchange.Database).ListAsync(cancellation).ConfigureAwait(false);
        problems.AddRange(aside.Take(MostOfAKind).Select(message => $"in quarantine: {message.Kind} {message.Id} of {message.Partition}: {message.Reason}"));
        if (isWhole)
        {
            problems.AddRange(Audit(whole).Take(MostOfAKind));
        }

        return problems;
    }

    private static IEnumerable<string> Audit(List<RecordedEvent> facts)
    {
        var audit = new MarketAudit();
        foreach (var stream in facts.GroupBy(fact => fact.Stream))
        {
            audit.BeginStream(stream.Key);
            foreach (var fact in stream)
            {
                audit.Apply(fact.Version, fact.Data);
            }

            audit.EndStream();
        }

        return audit.Complete().Problems.Select(problem => $"{problem}");
    }
}
