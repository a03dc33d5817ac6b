using DataExchange.Domain;

namespace DataExchange.Services;

/// <summary>Sends commands to the partitions that own their streams.</summary>
public interface ICommandSender
{
    /// <summary>Has a command executed once, however often it is sent.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellation">Stops the waiting; the command may be executed all the same.</param>
    /// <exception cref="CommandPutAsideException">It could not be handled.</exception>
    Task<CommandAnswer> SendAsync(Guid id, Command command, CancellationToken cancellation) => SendAsync(id, command, null, cancellation);

    /// <summary>Has a command executed once, if its stream is still as whoever gives it saw it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="command">The command.</param>
    /// <param name="expected">The version that its stream must have, 0 for a stream without facts; null for any. Otherwise <see cref="CommandAnswer.HasMoved"/> is answered.</param>
    /// <param name="cancellation">Stops the waiting; the command may be executed all the same.</param>
    /// <exception cref="CommandPutAsideException">It could not be handled.</exception>
    Task<CommandAnswer> SendAsync(Guid id, Command command, int? expected, CancellationToken cancellation);
}
