namespace DataExchange.Simulation.Population;

/// <summary>Population data that cannot be used; the message lists every problem found.</summary>
public sealed class PopulationDataException : Exception
{
    /// <summary>Reports the problems of one source.</summary>
    /// <param name="source">File or part in which they were found.</param>
    /// <param name="problems">One sentence each; at least one.</param>
    public PopulationDataException(string source, IReadOnlyList<string> problems)
        : base($"{source}: {string.Join(" ", problems ?? throw new ArgumentNullException(nameof(problems)))}") =>
        Problems = problems;

    /// <summary>Reports data that cannot be read at all.</summary>
    /// <param name="source">File in which it was found.</param>
    /// <param name="problem">What is wrong, with the place.</param>
    /// <param name="cause">The reader's own error.</param>
    public PopulationDataException(string source, string problem, Exception cause)
        : base($"{source}: {problem}", cause) =>
        Problems = [problem];

    /// <summary>The problems, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    internal static void ThrowIfAny(string source, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new PopulationDataException(source, problems);
        }
    }
}
