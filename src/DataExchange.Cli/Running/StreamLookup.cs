using DataExchange.Cli.Commands;
using DataExchange.Exchange;

namespace DataExchange.Cli.Running;

/// <summary>Checks ids of streams that a person typed.</summary>
internal static class StreamLookup
{
    private const string Samples = "product/P000042, deal/C000001, deal/firm-0012-0003, book/P000042, party/firm-0001";

    /// <summary>The kind of stream that an id names.</summary>
    /// <exception cref="WrongInputException">It is no id of any kind.</exception>
    public static string KindOf(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && slash < id.Length - 1 && StreamKind.Find(id) is { } kind)
        {
            return kind.Name;
        }

        string[] kinds = [.. StreamKind.All.Select(known => known.Name).Order(StringComparer.Ordinal)];
        var meant = slash > 0 ? $"; did you mean {NearestIds.Of(id[..slash], kinds, 1)[0]}{id[slash..]}?" : "";
        throw new WrongInputException(
            $"'{id}' is no stream id: write KIND/NAME, such as {Samples}; KIND is one of {string.Join(", ", kinds)}{meant}");
    }

    /// <summary>The error for an id that nothing has.</summary>
    public static async Task<CommandFailedException> UnknownAsync(string id, StoredEvents events, CancellationToken cancellation)
    {
        var kind = KindOf(id);
        var existing = await events.StreamsAsync(kind, cancellation).ConfigureAwait(false);
        return new CommandFailedException(existing.Count == 0
            ? $"there is no stream '{id}', and none of its kind ({kind}/…) in this store. Ids look like {Samples}."
            : $"there is no stream '{id}'. Ids look like {Samples}; nearest are: {string.Join(", ", NearestIds.Of(id, existing))}.");
    }
}
