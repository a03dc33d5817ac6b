using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Gateway.Access;

namespace DataExchange.Gateway.Reads;

/// <summary>
/// Who may read which stream. Parties, requirements, logs and the chain are public; a product, its prices and shelves are, once its rights were published or it is in the
/// sandbox; who buys, holds and owes what is for those concerned. A regulator and an auditor read everything.
/// </summary>
internal sealed class Visibility(StoredStreams streams)
{
    internal async Task<bool> MayReadAsync(Caller caller, string stream, CancellationToken cancellation)
    {
        if (caller.Role is Role.Regulator or Role.Auditor)
        {
            return true;
        }

        var name = stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return StreamId.KindOf(stream) switch
        {
            "party" or "log" or "chain" or "requirement" => true,
            "product" or "pricing" or "listing" => MayRead(caller, await streams.ReadAsync("product/" + name, cancellation).ConfigureAwait(false)),
            // Who bought and who bids is nothing that an assessor assesses.
            "offer" or "book" => caller.Role != Role.Assessor && Concerns(caller, await streams.ReadAsync("product/" + name, cancellation).ConfigureAwait(false)),
            // An auction is held in public: before they are opened its sealed bids are hashes.
            "auction" => caller.Role != Role.Assessor,
            // A bundle's stream says who ordered it.
            "bundle" => (await streams.ReadAsync(stream, cancellation).ConfigureAwait(false)).StateAs<Bundle>(stream) is var bundle
                && ((caller.Role == Role.Provider && bundle.Provider == caller.Party) || (caller.Role == Role.Venue && bundle.Venue == caller.Venue)),
            "account" or "payable" or "buyer" => name == caller.Party.Value,
            "deal" or "settlement" => MayRead(caller, (await streams.ReadAsync("deal/" + name, cancellation).ConfigureAwait(false)).StateAs<DealState>("deal/" + name)),
            _ => false,
        };
    }

    /// <summary>Whether a product's registration may be read.</summary>
    internal static bool MayRead(Caller caller, StoredStream product) =>
        caller.Role is Role.Regulator or Role.Auditor || product.Facts.Any(fact => fact is RightsPublished or SandboxAdmitted) || Concerns(caller, product);

    /// <summary>Whether a deal may be read.</summary>
    internal static bool MayRead(Caller caller, DealState deal) => deal.Stage != DealStage.None && caller.Role switch
    {
        Role.Regulator or Role.Auditor => true,
        Role.Buyer => deal.Buyer == caller.Party,
        Role.Provider => deal.Provider == caller.Party,
        Role.Venue => deal.Venue == caller.Venue,
        _ => false,
    };

    private static bool Concerns(Caller caller, StoredStream product) => caller.Role switch
    {
        Role.Provider => product.Facts.Any(fact => fact switch
        {
            ProductRegistered e => e.Provider == caller.Party,
            RegistrationRefused e => e.Provider == caller.Party,
            RightsTransferred e => e.NewHolder == caller.Party,
            _ => false,
        }),
        Role.Venue => caller.Venue is { } venue && product.Facts.Any(fact => fact switch
        {
            ProductRegistered e => e.Venue == venue,
            RegistrationRefused e => e.Venue == venue,
            SandboxAdmitted e => e.Venue == venue,
            _ => false,
        }),
        // They have to see what they assess.
        Role.Assessor => product.Facts.Any(fact => fact is ApplicationAccepted),
        _ => false,
    };
}
