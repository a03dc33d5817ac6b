using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Handles;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Cli.Running;

/// <summary>Resolves handles in a store. It reads the streams of the thing alone.</summary>
internal sealed class StoredHandles(OpenedStore opened)
{
    // Of what is sold of a product only these matter; its streams hold much else.
    private static readonly string[] OfSales = ["licence_granted.", "packs_traded."];

    private readonly RawEventReader _reader = new(opened.Database);
    private readonly StoredEvents _events = new(opened.Database);

    /// <summary>Resolves a handle.</summary>
    /// <param name="text">The handle as it was typed.</param>
    /// <param name="at">When; null for now.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It is no handle, or names nothing.</exception>
    public async Task<HandleRecord> ResolveAsync(string text, SimulatedTime? at, CancellationToken cancellation)
    {
        var name = Parse(text);
        var facts = new List<HandleFact>();
        foreach (var stream in HandleResolver.StreamsOf(name))
        {
            await ReadAsync(stream, facts, cancellation).ConfigureAwait(false);
        }

        foreach (var stream in HandleResolver.StreamsBehind(name, facts))
        {
            await ReadAsync(stream, facts, cancellation).ConfigureAwait(false);
        }

        var now = at ?? await new StoredPolicies(_events).NowAsync(cancellation).ConfigureAwait(false);
        // The counts of a party are those of the present.
        var counts = name.Kind == HandleKind.Party && at is null ? await CountsAsync(name.Id, cancellation).ConfigureAwait(false) : null;
        var logs = await new StoredLogs(opened.Database).VenuesAsync(cancellation).ConfigureAwait(false);
        try
        {
            return HandleResolver.Resolve(name, facts, new HandleContext(now, logs, counts));
        }
        catch (HandleNotFoundException nothing) when (nothing.IsKnown)
        {
            throw new WrongInputException(nothing.Message);
        }
        catch (HandleNotFoundException nothing)
        {
            throw new WrongInputException($"{nothing.Message}{await NearestAsync(name, cancellation).ConfigureAwait(false)}");
        }
        catch (ImpossibleHistoryException impossible)
        {
            throw new CommandFailedException($"{name} cannot be resolved: its facts cannot have happened like this; see ./dx verify. {impossible.Message}", impossible);
        }
    }

    /// <summary>A record with the whole proof of each fact. It looks for each leaf among all facts.</summary>
    public async Task<HandleRecord> ProveAsync(HandleRecord record, CancellationToken cancellation)
    {
        var values = new List<HandleValue>();
        foreach (var value in record.Values)
        {
            values.Add(value.Data is HandleProof proof
                ? value with
                {
                    Data = proof with
                    {
                        Leaf = (JsonObject)JsonNode.Parse(
                            (await LogCommand.ProofOfAsync(opened, proof.Fact, null, cancellation).ConfigureAwait(false)).ToJson(isIndented: false))!,
                    },
                }
                : value);
        }

        return record with { Values = values };
    }

    /// <summary>Reads a handle.</summary>
    /// <exception cref="WrongInputException">It is none.</exception>
    public static HandleName Parse(string text)
    {
        try
        {
            return HandleName.Parse(text);
        }
        catch (HandleFormatException wrong)
        {
            throw new WrongInputException(wrong.Message);
        }
    }

    private async Task ReadAsync(string stream, List<HandleFact> facts, CancellationToken cancellation)
    {
        var onlySales = stream.StartsWith("offer/", StringComparison.Ordinal) || stream.StartsWith("book/", StringComparison.Ordinal);
        await foreach (var raw in _reader.ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
        {
            if (onlySales && !OfSales.Any(type => raw.TypeName.StartsWith(type, StringComparison.Ordinal)))
            {
                continue;
            }

            try
            {
                facts.Add(new HandleFact(raw.StreamId, raw.Version, raw.Sequence, EventJson.Read(raw.TypeName, raw.Json.Span)));
            }
            catch (JsonException unreadable)
            {
                throw new CommandFailedException($"event {raw.Version} of {stream} cannot be read; see ./dx verify. {unreadable.Message}", unreadable);
            }
        }
    }

    private async Task<PartyCounts?> CountsAsync(string party, CancellationToken cancellation)
    {
        await using var session = opened.Store.QuerySession();
        return await session.LoadAsync<PartyAccountView>(party, cancellation).ConfigureAwait(false) is { } view
            ? new PartyCounts(view.ProductsRegistered, view.DealsAsBuyer, view.DealsAsSeller)
            : null;
    }

    private async Task<string> NearestAsync(HandleName name, CancellationToken cancellation)
    {
        var own = HandleResolver.StreamsOf(name)[0];
        var kind = own[..own.IndexOf('/', StringComparison.Ordinal)];
        var existing = await _events.StreamsAsync(kind, cancellation).ConfigureAwait(false);
        return existing.Count == 0
            ? "; this store has none"
            : $"; nearest are {string.Join(", ", NearestIds.Of(own, existing).Select(stream => name with { Id = stream[(kind.Length + 1)..] }))}";
    }
}
