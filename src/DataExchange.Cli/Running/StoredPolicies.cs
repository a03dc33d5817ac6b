using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Handles;
using DataExchange.Policies;

namespace DataExchange.Cli.Running;

/// <summary>Policies of a store: of products as they are offered, of deals as they were agreed. It reads the streams of one product or deal alone.</summary>
internal sealed class StoredPolicies(StoredEvents events)
{
    /// <summary>The stream that a person means: a deal's or a product's, by its id, its stream or its handle.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <param name="kinds">Kinds of stream it may be, the first that has it counts.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">There is none.</exception>
    public async Task<string> FindAsync(string name, string argument, string[] kinds, CancellationToken cancellation)
    {
        if (name.StartsWith(Vocabulary.HandlePrefix, StringComparison.OrdinalIgnoreCase) || name.StartsWith(HandleName.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            var named = StoredHandles.Parse(name);
            name = $"{HandleName.WordOf(named.Kind)}/{named.Id}";
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var (kind, id) = slash > 0 ? (name[..slash], name[(slash + 1)..]) : ("", name);
        foreach (var candidate in kinds.Where(candidate => kind.Length == 0 || kind == candidate))
        {
            if (id.Length > 0 && await ExistsAsync($"{candidate}/{id}", cancellation).ConfigureAwait(false))
            {
                return $"{candidate}/{id}";
            }
        }

        var existing = new List<string>();
        foreach (var candidate in kinds)
        {
            existing.AddRange(await events.StreamsAsync(candidate, cancellation).ConfigureAwait(false));
        }

        var what = string.Join(" or ", kinds);
        throw new WrongInputException(existing.Count == 0
            ? $"{argument} '{name}' is no {what}: this store has none."
            : $"{argument} '{name}' is no {what} of this store; nearest are {string.Join(", ", kinds.SelectMany(candidate => NearestIds.Of(
                $"{candidate}/{id}", existing.Where(stream => stream.StartsWith(candidate + "/", StringComparison.Ordinal)), kinds.Length > 1 ? 2 : 3)))}.");
    }

    /// <summary>What a product's provider offers.</summary>
    /// <param name="product">The product.</param>
    /// <param name="until">What happened later is left out; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The offer; null when it was not offered by then.</returns>
    public async Task<Policy?> OfferAsync(ProductId product, SimulatedTime? until, CancellationToken cancellation)
    {
        OfferOpened? opened = null;
        LicenceTerms? terms = null;
        var version = 0;
        await foreach (var data in ReadAsync(StreamId.Offer(product), null, until, cancellation).ConfigureAwait(false))
        {
            opened = data as OfferOpened ?? opened;
            (version, terms) = data switch
            {
                OfferOpened e => (e.PriceVersion, e.Terms),
                OfferTermsChanged e => (e.PriceVersion, e.Terms),
                _ => (version, terms),
            };
        }

        return opened is null || terms is null ? null : MarketPolicies.OfferOf(product, opened.Provider, version, terms, opened.SecurityClass);
    }

    /// <summary>Where a deal stands.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="until">What happened later is left out; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<DealStanding> StandingAsync(DealId deal, SimulatedTime? until, CancellationToken cancellation)
    {
        var standing = new DealStanding(deal);
        await foreach (var data in ReadAsync(StreamId.Deal(deal), null, until, cancellation).ConfigureAwait(false))
        {
            standing = standing.Evolve(data);
        }

        foreach (var stream in standing.FurtherStreams)
        {
            // Of a book every trade matters, as packs are fungible; of an offer only what is said of this deal.
            var mentioning = standing.IsTrade ? null : deal.Value;
            await foreach (var data in ReadAsync(stream, mentioning, until, cancellation).ConfigureAwait(false))
            {
                standing = standing.Evolve(data);
            }
        }

        return standing;
    }

    /// <summary>The time of the last stored event: the present of the simulated world.</summary>
    public async Task<SimulatedTime> NowAsync(CancellationToken cancellation)
    {
        await foreach (var stored in events.LastAsync(1, cancellation).ConfigureAwait(false))
        {
            if (stored.Data is { } data)
            {
                return data.At;
            }
        }

        throw new CommandFailedException("The last stored event cannot be read, so that it is not known what time it is: give one with --at, or see ./dx verify.");
    }

    private async Task<bool> ExistsAsync(string stream, CancellationToken cancellation)
    {
        await foreach (var _ in events.OfStreamAsync(stream, null, cancellation).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    private async IAsyncEnumerable<Event> ReadAsync(
        string stream, string? mentioning, SimulatedTime? until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in events.OfStreamAsync(stream, mentioning, cancellation).ConfigureAwait(false))
        {
            var data = stored.Data
                ?? throw new CommandFailedException($"event {stored.Version} of {stored.Stream} cannot be read, so the policy is not known; see ./dx verify.");
            if (until is null || data.At <= until)
            {
                yield return data;
            }
        }
    }
}
