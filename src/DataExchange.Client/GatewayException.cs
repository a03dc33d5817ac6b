using System.Net;

namespace DataExchange.Client;

/// <summary>The gateway answered with a problem (RFC 9457). What it is about has a type of its own where a caller may do something about it.</summary>
public class GatewayException : Exception
{
    internal GatewayException(Problem problem)
        : base($"{problem.Status} {problem.Title}: {problem.Detail}") => Problem = problem;

    /// <summary>The problem.</summary>
    public Problem Problem { get; }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status => (HttpStatusCode)Problem.Status;

    /// <summary>The name of the reason, the last part of its type: <c>insufficient-funds</c>.</summary>
    public string Name => Problem.Type[(Problem.Type.LastIndexOf('/') + 1)..];

    internal static GatewayException Of(Problem problem, TimeSpan? retryAfter) => problem switch
    {
        { Status: 412, Expected: { } expected, Version: { } version } => new VersionMovedException(problem, expected, version),
        { Rejection: { } rejection } => new CommandRefusedException(problem, rejection),
        { Status: 400 } => new WrongInputException(problem),
        { Status: 401 } => new NotAuthenticatedException(problem),
        { Status: 403 } => new NotPermittedException(problem),
        { Status: 404 } => new NotFoundException(problem),
        { Status: 429 } => new TooManyRequestsException(problem, retryAfter ?? TimeSpan.FromSeconds(1)),
        { Status: 503 or 504 } => new NotAvailableException(problem, retryAfter),
        _ => new GatewayException(problem),
    };
}

/// <summary>The exchange refused the command, for a reason of its rules.</summary>
public sealed class CommandRefusedException : GatewayException
{
    internal CommandRefusedException(Problem problem, string rejection)
        : base(problem) => Rejection = rejection;

    /// <summary>The reason as the exchange names it: <c>InsufficientFunds</c>.</summary>
    public string Rejection { get; }
}

/// <summary>The stream was not at the version that the command was given for; nothing was done.</summary>
public sealed class VersionMovedException : GatewayException
{
    internal VersionMovedException(Problem problem, int expected, int version)
        : base(problem) => (Expected, Version) = (expected, version);

    /// <summary>The version that was expected.</summary>
    public int Expected { get; }

    /// <summary>The version that is there.</summary>
    public int Version { get; }
}

/// <summary>A field, a parameter or a header is not what is allowed: 400.</summary>
public sealed class WrongInputException : GatewayException
{
    internal WrongInputException(Problem problem)
        : base(problem)
    {
    }

    /// <summary>Which one; empty where the gateway does not say.</summary>
    public string Field => Problem.Field ?? "";
}

/// <summary>There is no key, or it is not good any more: 401.</summary>
public sealed class NotAuthenticatedException : GatewayException
{
    internal NotAuthenticatedException(Problem problem)
        : base(problem)
    {
    }
}

/// <summary>Not for this caller: 403.</summary>
public sealed class NotPermittedException : GatewayException
{
    internal NotPermittedException(Problem problem)
        : base(problem)
    {
    }
}

/// <summary>There is no such thing that the caller may see: 404.</summary>
public sealed class NotFoundException : GatewayException
{
    internal NotFoundException(Problem problem)
        : base(problem)
    {
    }
}

/// <summary>Too many requests, or too many open streams: 429.</summary>
public sealed class TooManyRequestsException : GatewayException
{
    internal TooManyRequestsException(Problem problem, TimeSpan retryAfter)
        : base(problem) => RetryAfter = retryAfter;

    /// <summary>How long to wait.</summary>
    public TimeSpan RetryAfter { get; }
}

/// <summary>No answer for now: 503 or 504. A command may still be executed: give it again with the same idempotency key.</summary>
public sealed class NotAvailableException : GatewayException
{
    internal NotAvailableException(Problem problem, TimeSpan? retryAfter)
        : base(problem) => RetryAfter = retryAfter;

    /// <summary>How long to wait, where the gateway says so: it has too much to do, and nothing was done.</summary>
    public TimeSpan? RetryAfter { get; }
}
