using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Gateway.Access;
using DataExchange.Services;
using DataExchange.Services.Telemetry;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace DataExchange.Gateway.Commands;

/// <summary><c>POST /v1/commands/{name}</c>.</summary>
internal sealed class CommandEndpoint(ICommandSender sender, NpgsqlDataSource database, Concerns concerns, AuditTrail audit, GatewayOptions options)
{
    internal const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);
    private readonly NotedRequests _requests = new(database);

    internal async Task<IResult> HandleAsync(string name, HttpContext context)
    {
        var caller = Gate.CallerOf(context);
        if (!CommandBodies.Types.TryGetValue(name, out var type))
        {
            return Problems.NotFound($"'{name}' is no command; docs/gateway.md lists them.");
        }

        if (CommandAccess.For(type, caller.Role) is not { } concern)
        {
            return await RefuseAsync(context, caller, CommandAccess.Of(type).Count == 0
                ? $"{name} is given by the exchange itself alone."
                : $"A {caller.Role} may not give {name}; {string.Join(", ", CommandAccess.Of(type).Select(grant => grant.Role))} may.").ConfigureAwait(false);
        }

        if (context.Request.Headers[KeyHeader] is not [{ } key] || !RequestId.IsKey(key))
        {
            return Problems.Wrong(KeyHeader, context.Request.Headers[KeyHeader].ToString() is { Length: > 0 } sent ? sent : null,
                $"one header of 1 to {RequestId.LongestKey} visible ASCII characters, a new one for each new command");
        }

        Command command;
        try
        {
            var now = new SimulatedTime(options.Clock.GetUtcNow().ToUnixTimeSeconds());
            command = CommandBodies.Read(type, await BodyAsync(context).ConfigureAwait(false), now, caller.Party);
        }
        catch (WrongBodyException wrong)
        {
            return Problems.BadBody(wrong);
        }

        var (expected, unmatched) = VersionTag.ExpectedOf(context.Request, command);
        if (unmatched is not null)
        {
            return unmatched;
        }

        // What was admitted once is answered again, even where it is no longer the caller's: rights that were handed on are another's now.
        var id = RequestId.Of(caller.Party, key);
        var content = ContentOf(command, expected);
        var before = await _requests.FindAsync(id, context.RequestAborted).ConfigureAwait(false);
        if (before is null)
        {
            if (await concerns.ObjectionAsync(command, caller, concern, context.RequestAborted).ConfigureAwait(false) is { } objection)
            {
                return await RefuseAsync(context, caller, objection).ConfigureAwait(false);
            }

            before = await _requests.NoteAsync(id, new NotedRequest(content, command.At), context.RequestAborted).ConfigureAwait(false);
        }

        // What is sent again has the time at which it was first given: it is the same command.
        return before.Content.AsSpan().SequenceEqual(content)
            ? await SendAsync(id, command with { At = before.At }, expected, context).ConfigureAwait(false)
            : Problems.KeyReused(key);
    }

    private async Task<IResult> SendAsync(Guid id, Command command, int? expected, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(options.AnswerWithin);
        using var span = Traces.Begin("give", ActivityKind.Server, command);
        try
        {
            var answer = await sender.SendAsync(id, command, expected, limit.Token).ConfigureAwait(false);
            while (answer.MovedOn)
            {
                // Something in the book was due first, and was done.
                await Task.Delay(Again, limit.Token).ConfigureAwait(false);
                answer = await sender.SendAsync(id, command, expected, limit.Token).ConfigureAwait(false);
            }

            span.Answered(answer);
            return Answered(answer, expected, context);
        }
        catch (CommandPutAsideException aside)
        {
            return Problems.PutAside(aside.Id);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Problems.Outstanding();
        }
    }

    /// <summary>What is answered to a command, whether it was executed or refused.</summary>
    internal static JsonObject BodyOf(CommandAnswer answer) => new()
    {
        ["id"] = answer.Id,
        ["stream"] = answer.Stream,
        ["version"] = answer.LastVersion,
        ["wasRepeated"] = answer.WasRepeated,
        ["events"] = new JsonArray([.. answer.Outcome.Events.Select((fact, index) => new JsonObject
        {
            ["version"] = answer.FirstVersion + index,
            ["type"] = EventRegistry.NameOf(fact),
            ["data"] = JsonNode.Parse(EventJson.Write(fact)),
        })]),
    };

    private static IResult Answered(CommandAnswer answer, int? expected, HttpContext context)
    {
        var body = BodyOf(answer);
        if (answer.HasMoved)
        {
            context.Response.Headers.ETag = VersionTag.Of(answer.LastVersion);
            return Problems.Moved(expected, answer.LastVersion, body);
        }

        if (answer.Outcome.Rejection is { } rejection)
        {
            return Problems.Refused(rejection, body);
        }

        context.Response.Headers.ETag = VersionTag.Of(answer.LastVersion);
        return Results.Json(body, GatewayJson.Readable);
    }

    private async Task<IResult> RefuseAsync(HttpContext context, Caller caller, string reason)
    {
        var problem = Problems.Forbidden(reason);
        await audit.RefusedAsync(context, caller, problem).ConfigureAwait(false);
        return problem;
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static byte[] ContentOf(Command command, int? expected) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{CommandCodec.NameOf(command)}\n{CommandCodec.Write(command with { At = default })}{(expected is { } version ? $"\n{version}" : "")}")));
}
