namespace DataExchange.Cli.Running.Sweeps;

/// <summary>What a column holds.</summary>
internal enum SweepColumnType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole numbers of 64 bits.</summary>
    Whole,

    /// <summary>Real numbers of 64 bits.</summary>
    Real,
}

/// <summary>A column of a sweep's results.</summary>
/// <param name="Name">Its name: of a parameter its path.</param>
/// <param name="Type">What it holds: <see cref="string"/>, <see cref="long"/> or <see cref="double"/>, or null for none.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Meaning">What it is.</param>
internal sealed record SweepColumn(string Name, SweepColumnType Type, string Unit, string Meaning);

/// <summary>The results of a sweep: a row a run, in the order of the design.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, each as many values as there are columns.</param>
internal sealed record SweepTable(IReadOnlyList<SweepColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>Writes the results of a sweep in one format. The same table must give the same bytes.</summary>
internal interface ISweepResultWriter
{
    /// <summary>Name of the file in the sweep's folder.</summary>
    string FileName { get; }

    /// <summary>Writes the whole table.</summary>
    /// <param name="table">The results.</param>
    /// <param name="output">Where to; the caller gives the file its name when it is whole.</param>
    /// <param name="cancellation">Stops it.</param>
    Task WriteAsync(SweepTable table, Stream output, CancellationToken cancellation);
}
