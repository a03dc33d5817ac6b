namespace DataExchange.Cli.Commands;

/// <summary>What was typed is not allowed; the message names the field, the value and what is allowed.</summary>
internal sealed class WrongInputException(string message) : Exception(message);
