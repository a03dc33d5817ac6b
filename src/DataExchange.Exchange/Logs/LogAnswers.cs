using DataExchange.Domain.Trust;

namespace DataExchange.Exchange.Logs;

/// <summary>What a command to a venue's log must be told before it is decided.</summary>
public static class LogAnswers
{
    /// <summary>The command with the answers: keys, and the log's head as it is before the command records anything.</summary>
    /// <param name="command">The command.</param>
    /// <param name="table">The log's stream.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async ValueTask<LogCommand> AnsweredAsync(this LogCommand command, StreamTable table, IVenueLogs logs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(logs);
        return command switch
        {
            OpenLog open => open with { Origin = logs.OriginOf(open.Venue), Key = logs.KeyOf(open.Venue, 0) },
            RotateLogKey rotate when table.StateOf(rotate.Stream) is VenueLog { Key: { } key } => rotate with { Key = logs.KeyOf(rotate.Venue, key.Generation + 1) },
            PublishTreeHead publish when table.StateOf(publish.Stream) is VenueLog { Key: not null } =>
                publish with { Head = await logs.HeadOfAsync(publish.Venue, cancellation).ConfigureAwait(false) },
            _ => command,
        };
    }
}
