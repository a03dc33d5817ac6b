using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Gateway.Commands;
using DataExchange.Reports.Words;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway;

/// <summary>Refusals as problem details (RFC 9457), with their title in Chinese and English.</summary>
internal static class Problems
{
    internal static Problem BadBody(WrongBodyException wrong) => new(
        400, "wrong-body", new("请求内容不符合要求", "The body is not this command"), wrong.Message,
        new JsonObject { ["field"] = wrong.Field, ["value"] = wrong.Value, ["allowed"] = wrong.Allowed });

    internal static Problem Wrong(string field, string? value, string allowed) => new(
        400, "wrong-input", new("请求参数不符合要求", "Wrong input"), $"{field}: {(value is null ? "missing" : $"'{value}' is not allowed")}; allowed is {allowed}",
        new JsonObject { ["field"] = field, ["value"] = value, ["allowed"] = allowed });

    internal static Problem Unauthenticated(string detail) => new(401, "not-authenticated", new("未通过身份验证", "Not authenticated"), detail);

    internal static Problem Forbidden(string detail) => new(403, "not-permitted", new("无权进行此操作", "Not permitted"), detail);

    internal static Problem NotFound(string detail) => new(404, "not-found", new("未找到", "Not found"), detail);

    internal static Problem TooLarge() => new(413, "body-too-large", new("请求内容过大", "Body too large"), $"A body may have {GatewayLimits.BodyBytes} bytes.");

    internal static Problem Moved(int? expected, int present, JsonObject answer)
    {
        answer["expected"] = expected;
        return new Problem(412, "version-moved", new("对象已被更改", "It has changed meanwhile"), string.Create(
            CultureInfo.InvariantCulture, $"If-Match expects version {expected} and {(string?)answer["stream"]} is at version {present}: nothing was done. Read it again and decide anew, with a new key."), answer);
    }

    internal static Problem KeyReused(string key) => new(
        422, "idempotency-key-reused", new("幂等键已用于其他请求", "Key used for something else"),
        $"Idempotency-Key '{key}' was used for another command or body: a new command needs a new key.");

    internal static Problem TooMany(TimeSpan wait) => new(
        429, "too-many-requests", new("请求过于频繁", "Too many requests"), string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(wait.TotalSeconds)} s."));

    internal static Problem Overloaded(int most) => new(
        503, "overloaded", new("系统繁忙，请稍后重试", "Too much to do"), string.Create(
            CultureInfo.InvariantCulture, $"{most} commands are under way, as many as are allowed: nothing was done. Try again in {CommandsInFlight.RetryAfterSeconds} s, with the same Idempotency-Key."));

    internal static Problem TooManyStreams() => new(
        429, "too-many-streams", new("打开的事件流过多", "Too many event streams"), "This key, or all keys together, have as many event streams open as are allowed: close one, or try again later.");

    internal static Problem PutAside(Guid id) => new(
        500, "command-put-aside", new("命令无法处理，已搁置", "The command could not be handled"), $"Command {id} was put aside for the operators.");

    internal static Problem Outstanding() => new(
        504, "answer-outstanding", new("尚未得到答复", "No answer yet"), "The command may still be executed: send it again with the same Idempotency-Key.");

    internal static Problem Refused(Rejection rejection, JsonObject answer)
    {
        answer["rejection"] = rejection.ToString();
        var words = RejectionWords.Of(rejection);
        return new Problem(RejectionStatus.Of(rejection), RejectionStatus.NameOf(rejection), words, $"{words.Zh} · {words.En}", answer);
    }
}

/// <summary>One problem as an answer.</summary>
internal sealed record Problem(int Status, string Name, Text Title, string Detail, JsonObject? More = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isChinese = httpContext.Request.Headers.AcceptLanguage.ToString().StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        var body = new JsonObject
        {
            ["type"] = $"/problems/{Name}",
            ["title"] = isChinese ? Title.Zh : Title.En,
            ["status"] = Status,
            ["detail"] = Detail,
            ["instance"] = httpContext.Request.Path.Value,
            ["titles"] = new JsonObject { ["zh"] = Title.Zh, ["en"] = Title.En },
        };
        foreach (var (name, value) in More ?? [])
        {
            body[name] = value?.DeepClone();
        }

        httpContext.Response.StatusCode = Status;
        if (Status == 401)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer, ApiKey";
        }

        httpContext.Response.ContentType = "application/problem+json; charset=utf-8";
        await httpContext.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, GatewayJson.Readable), httpContext.RequestAborted).ConfigureAwait(false);
    }
}
