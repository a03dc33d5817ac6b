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
    Task<CommandAnswer> SendAsync(Guid id, Command command, CancellationToken cancellation);
}
