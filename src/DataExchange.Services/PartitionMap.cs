using DataExchange.Domain;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <summary>
/// Which partition owns a stream. Every capability is one service with one partition, but for Trading, whose streams are spread over several by
/// their names: a partition owns instruments, that is the offers and books of some products, and the deals and buyers whose names fall to it.
/// </summary>
/// <param name="tradingPartitions">Partitions of Trading, 1 to <see cref="MostPartitions"/>; the same in every process of one store.</param>
public sealed class PartitionMap(int tradingPartitions)
{
    /// <summary>Most partitions of Trading.</summary>
    public const int MostPartitions = 256;

    private const string Trading = "Trading";

    /// <summary>The services that own streams, as they are named on the command line.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. StreamKind.All.Select(kind => kind.Capability).Distinct().Select(NameOf)];

    /// <summary>Partitions of Trading.</summary>
    public int TradingPartitions { get; } = tradingPartitions is >= 1 and <= MostPartitions
        ? tradingPartitions
        : throw new ArgumentOutOfRangeException(nameof(tradingPartitions), tradingPartitions, $"allowed are 1 to {MostPartitions}");

    /// <summary>Names of all partitions.</summary>
    public IEnumerable<string> All => Services.SelectMany(PartitionsOf);

    /// <summary>The partitions of a service.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    public IEnumerable<string> PartitionsOf(string service) =>
        service == NameOf(Trading) ? Enumerable.Range(0, TradingPartitions).Select(number => $"{service}-{number}") : [service];

    /// <summary>The kinds of stream that a partition's service owns.</summary>
    /// <param name="partition">The partition's name.</param>
    public static IReadOnlyList<string> StreamKindsOf(string partition) =>
        [.. StreamKind.All.Where(kind => partition.Split('-')[0] == NameOf(kind.Capability)).Select(kind => kind.Name)];

    /// <summary>The partition that owns a stream.</summary>
    /// <param name="streamId">The stream's id.</param>
    /// <exception cref="KeyNotFoundException">No kind of stream has that name.</exception>
    public string OwnerOf(string streamId)
    {
        var kind = StreamKind.Of(streamId);
        return kind.Capability == Trading ? $"trading-{NumberOf(streamId.AsSpan(kind.Name.Length + 1))}" : NameOf(kind.Capability);
    }

    /// <summary>Partitions that must hear of a fact though no command follows for them: admissions are asked for in all of Trading.</summary>
    /// <param name="streamId">The fact's stream.</param>
    public IEnumerable<string> ObserversOf(string streamId) =>
        TradingPartitions > 1 && StreamId.KindOf(streamId) is "buyer" ? PartitionsOf(NameOf(Trading)).Where(partition => partition != OwnerOf(streamId)) : [];

    private int NumberOf(ReadOnlySpan<char> name) => (int)(HashOf(name) % (uint)TradingPartitions);

    // FNV-1a over the UTF-16 units: a function that every machine computes alike, which string.GetHashCode is not.
    internal static uint HashOf(ReadOnlySpan<char> name)
    {
        var hash = 2_166_136_261u;
        foreach (var unit in name)
        {
            hash = unchecked((hash ^ unit) * 16_777_619u);
        }

        return hash;
    }

    private static string NameOf(string capability) => capability.ToLowerInvariant();
}
