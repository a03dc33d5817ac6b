namespace DataExchange.Postgres;

/// <summary>Written into every cluster folder, so that nothing else is ever taken for one, or deleted as one.</summary>
/// <param name="CreatedBy">Always <see cref="Creator"/>.</param>
/// <param name="Id">Tells this cluster from a later one in the same data folder.</param>
/// <param name="DataFolder">The data folder it belongs to, absolute.</param>
/// <param name="Home">Where the server's files are: the cluster folder itself, or a folder elsewhere that the server's user may enter.</param>
internal sealed record ClusterMarker(string CreatedBy, string Id, string DataFolder, string Home)
{
    public const string Creator = "DataExchange";

    public static ClusterMarker? Read(string file) => StateFile.Read<ClusterMarker>(file) is { CreatedBy: Creator } marker ? marker : null;
}

/// <summary>The server that runs for a data folder, as its starter wrote it down.</summary>
/// <param name="ProcessId">The server's own process.</param>
/// <param name="Port">Its loopback port.</param>
/// <param name="Stay">True when it stays until <c>dx db stop</c>; false when it ends with the dx that started it.</param>
/// <param name="Version">The server's version.</param>
internal sealed record RunningServer(int ProcessId, int Port, bool Stay, string Version);
