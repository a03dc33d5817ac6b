using System.Globalization;
using DataExchange.Domain;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway;

/// <summary>
/// Entity tags that say which versions of which streams an answer was made from: <c>"7"</c> of one stream, <c>"product-7.pricing-2.offer-1"</c> of several.
/// Sent back in <c>If-Match</c> they say what a command expects.
/// </summary>
internal static class VersionTag
{
    internal const string Allowed = "one strong tag of an earlier answer, such as \"7\" for version 7 of the stream that the command addresses, \"0\" for none yet, or \"product-7.pricing-2.offer-1\"";

    internal static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    internal static string Of(params IEnumerable<(string Kind, int Version)> streams) =>
        $"\"{string.Join('.', streams.Select(stream => string.Create(CultureInfo.InvariantCulture, $"{stream.Kind}-{stream.Version}")))}\"";

    /// <summary>The version that a command's stream must have; null for any, and where the header is wrong.</summary>
    internal static (int? Expected, Problem? Wrong) ExpectedOf(HttpRequest request, Command command)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } sent)
        {
            return (null, null);
        }

        if (sent is not [['"', .. { Length: > 0 and <= 200 } tag, '"']])
        {
            return (null, Problems.Wrong("If-Match", sent.ToString(), Allowed));
        }

        var kind = StreamId.KindOf(command.Stream).ToString();
        var version = tag.Split('.') is [var single] && !single.Contains('-', StringComparison.Ordinal)
            ? single
            : tag.Split('.').Select(part => part.Split('-')).FirstOrDefault(part => part.Length == 2 && part[0] == kind)?[1];
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
            ? (expected, null)
            : (null, Problems.Wrong("If-Match", sent.ToString(), $"{Allowed}; this command addresses {command.Stream}"));
    }
}
