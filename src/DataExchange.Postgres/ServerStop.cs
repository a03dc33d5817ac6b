namespace DataExchange.Postgres;

/// <summary>Ends a server by its process id: one that stays, or one that nobody supervises any more.</summary>
internal static class ServerStop
{
    /// <summary>Fast shutdown, then an immediate one when it takes too long.</summary>
    /// <exception cref="PostgresUnavailableException">It belongs to another user, or does not end.</exception>
    public static async Task StopAsync(ClusterFolder folder, RunningServer server, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        bool Runs() => ProcessTable.IsStillServerOf(server.ProcessId, folder.Data);
        if (!ProcessTable.Signal(server.ProcessId, ProcessTable.Interrupt) && Runs())
        {
            throw new PostgresUnavailableException(
                $"The server of {folder.DataFolder} (process {server.ProcessId}) belongs to another user, who has to stop it.");
        }

        if (!await ProcessTable.WaitForEndAsync(Runs, options.StopTimeout, ct))
        {
            ProcessTable.Signal(server.ProcessId, ProcessTable.Quit);
            if (!await ProcessTable.WaitForEndAsync(Runs, options.StopTimeout, ct))
            {
                throw new PostgresUnavailableException(
                    $"The server of {folder.DataFolder} (process {server.ProcessId}) does not end: see {folder.Log}.");
            }
        }

        folder.NoteStopped();
    }
}
