using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using Marten;

namespace DataExchange.Cli.Running;

/// <summary>The events that tell the life of a product or a deal, from all streams that hold a part of it, in order of time.</summary>
internal sealed class StreamStory(StoredEvents events, IDocumentStore store)
{
    /// <summary>Whether an event is one of the many alike that a product's timeline sums up.</summary>
    public static bool IsRoutine(Event? data) => data is ViewsRecorded or LicenceGranted or LicenceRevoked or OrderRejected or BookPhaseChanged
        or BookHalted or BookUncrossed or BookOrderEntered or BookOrderRefused or BookOrderTriggered or BookOrderCancelled or BookOrderExpired
        or BookOrderReduced or PacksTraded or PacksRedeemed;

    /// <summary>A product's: registration, price, shelf, offer and order book.</summary>
    public async Task<IReadOnlyList<StoredEvent>> OfProductAsync(string product, CancellationToken cancellation)
    {
        var id = new ProductId(product);
        return InOrder(
        [
            .. await ReadAsync(StreamId.Product(id), null, cancellation).ConfigureAwait(false),
            .. await ReadAsync(StreamId.Pricing(id), null, cancellation).ConfigureAwait(false),
            .. await ReadAsync(StreamId.Listing(id), null, cancellation).ConfigureAwait(false),
            .. await ReadAsync(StreamId.Offer(id), null, cancellation).ConfigureAwait(false),
            .. await ReadAsync(StreamId.Book(id), null, cancellation).ConfigureAwait(false),
        ]);
    }

    /// <summary>A deal's: contract, licence or trade, settlement, the buyer's money for it, what parties gave back of it, its invoice in the chain. Also of an order that was rejected.</summary>
    public async Task<IReadOnlyList<StoredEvent>> OfDealAsync(string deal, CancellationToken cancellation)
    {
        var id = new DealId(deal);
        var own = await ReadAsync(StreamId.Deal(id), null, cancellation).ConfigureAwait(false);
        if (own.Count == 0)
        {
            // A rejected order makes no deal; it is recorded where it failed.
            var refused = new List<StoredEvent>();
            foreach (var stream in await events.MentioningDealAsync(deal, ["offer", "account"], cancellation).ConfigureAwait(false))
            {
                refused.AddRange(await ReadAsync(stream, deal, cancellation).ConfigureAwait(false));
            }

            return InOrder(refused);
        }

        var all = new List<StoredEvent>(own);
        all.AddRange(await ReadAsync(StreamId.Settlement(id), null, cancellation).ConfigureAwait(false));
        await using (var session = store.QuerySession())
        {
            if (await session.LoadAsync<DealEntry>(deal, cancellation).ConfigureAwait(false) is { } entry)
            {
                all.AddRange(await ReadAsync(StreamId.Account(new PartyId(entry.Buyer)), deal, cancellation).ConfigureAwait(false));
                var sold = entry.Channel == TradeChannel.OrderBook ? StreamId.Book(new ProductId(entry.Product)) : StreamId.Offer(new ProductId(entry.Product));
                all.AddRange(await ReadAsync(sold, deal, cancellation).ConfigureAwait(false));
                foreach (var party in entry.UpheldFen == 0 ? [] : entry.ContributorShares.Select(share => share.Party).Append(entry.Provider).Distinct())
                {
                    all.AddRange(await ReadAsync(StreamId.Payable(new PartyId(party)), deal, cancellation).ConfigureAwait(false));
                }
            }
        }

        foreach (var chain in await events.StreamsAsync("chain", cancellation).ConfigureAwait(false))
        {
            all.AddRange(await ReadAsync(chain, deal, cancellation).ConfigureAwait(false));
        }

        return InOrder(all);
    }

    /// <summary>Any one stream's.</summary>
    public async Task<IReadOnlyList<StoredEvent>> OfStreamAsync(string stream, CancellationToken cancellation) =>
        await ReadAsync(stream, null, cancellation).ConfigureAwait(false);

    private static StoredEvent[] InOrder(IEnumerable<StoredEvent> all) =>
        [.. all.OrderBy(stored => stored.Data?.At.UnixSeconds ?? 0).ThenBy(stored => stored.Sequence)];

    private async Task<List<StoredEvent>> ReadAsync(string stream, string? deal, CancellationToken cancellation)
    {
        var found = new List<StoredEvent>();
        await foreach (var stored in events.OfStreamAsync(stream, deal, cancellation).ConfigureAwait(false))
        {
            found.Add(stored);
        }

        return found;
    }
}
