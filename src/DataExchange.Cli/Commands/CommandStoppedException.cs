namespace DataExchange.Cli.Commands;

/// <summary>A command was stopped, and what became of its work is not what is usual.</summary>
/// <param name="message">What the user has to know, after "stopped; ".</param>
/// <param name="inner">What stopped it.</param>
internal sealed class CommandStoppedException(string message, OperationCanceledException inner) : OperationCanceledException(message, inner, inner.CancellationToken);
