namespace DataExchange.Discovery;

/// <summary>How near sub-tracks are to each other on the industry chain graph.</summary>
/// <param name="neighbours">The neighbours of each sub-track, by number; edges count in the direction given.</param>
public sealed class ChainDistance(IReadOnlyList<IReadOnlyList<int>> neighbours)
{
    // Assumed: half for each step, nothing from three steps on.
    private static readonly int[] Nearness = [10_000, 5_000, 2_500];
    // Two threads may work out the same one at once; they come to the same.
    private readonly int[]?[] _from = new int[]?[neighbours.Count];

    /// <summary>Sub-tracks of the graph.</summary>
    public int Count => neighbours.Count;

    /// <summary>Nearness of every sub-track to one: 10,000 itself, 5,000 a neighbour, 2,500 a neighbour's neighbour, 0 all others.</summary>
    /// <param name="subTrack">Its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The graph has no such sub-track.</exception>
    public IReadOnlyList<int> From(int subTrack)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subTrack);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(subTrack, neighbours.Count);
        if (Volatile.Read(ref _from[subTrack]) is { } known)
        {
            return known;
        }

        var near = new int[neighbours.Count];
        int[] reached = [subTrack];
        foreach (var step in Nearness)
        {
            var next = new List<int>();
            foreach (var number in reached)
            {
                if (near[number] == 0)
                {
                    near[number] = step;
                    next.AddRange(neighbours[number]);
                }
            }

            reached = [.. next];
        }

        Volatile.Write(ref _from[subTrack], near);
        return near;
    }
}
