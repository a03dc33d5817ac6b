namespace DataExchange.Cli.Commands;

/// <summary>A command cannot do what was asked; the message says why in a sentence a person can act on.</summary>
internal sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
