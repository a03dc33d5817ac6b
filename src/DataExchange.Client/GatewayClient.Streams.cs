using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace DataExchange.Client;

/// <content>Streams of server-sent events, without an end.</content>
public sealed partial class GatewayClient
{
    // A connection that is lost is opened again behind the last event that came whole; what the gateway refuses is the caller's to know.
    private async IAsyncEnumerable<ServerEvent<T>> FollowAsync<T>(GatewayRequest request, string? lastId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var isFirst = true; ; isFirst = false)
        {
            using var response = await OpenAsync(request.Copy().Header("Last-Event-ID", lastId), isFirst, cancellation).ConfigureAwait(false);
            if (response is not null)
            {
                using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), Encoding.UTF8);
                while (await NextAsync(lines, cancellation).ConfigureAwait(false) is var (id, type, data))
                {
                    // A sign of life has a place and says nothing.
                    (lastId, pause) = (id ?? lastId, FirstPause);
                    if (data.Length > 0)
                    {
                        yield return new ServerEvent<T>(lastId ?? "", type, JsonSerializer.Deserialize<T>(data, ClientJson.Options)!);
                    }
                }
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
            pause = Longer(pause);
        }
    }

    private async Task<HttpResponseMessage?> OpenAsync(GatewayRequest request, bool isFirst, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (!isFirst && (IsBroken(failure) || failure is NotAvailableException or TooManyRequestsException))
        {
            return null;
        }
    }

    // The framework's own parser tells the id of an event that never came whole as that of the last one. Null at the end.
    private static async ValueTask<(string? Id, string Type, string Data)?> NextAsync(StreamReader lines, CancellationToken cancellation)
    {
        var (id, type, data) = ((string?)null, "message", new StringBuilder());
        try
        {
            while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                if (line.Length == 0)
                {
                    return (id, type, data.ToString());
                }

                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var value = colon < 0 ? "" : line[(colon + 1)..];
                value = value.StartsWith(' ') ? value[1..] : value;
                switch (colon < 0 ? line : line[..colon])
                {
                    case "id":
                        id = value;
                        break;
                    case "event":
                        type = value;
                        break;
                    case "data":
                        data.Append(data.Length > 0 ? "\n" : "").Append(value);
                        break;
                }
            }
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            // As good as its end.
        }

        return null;
    }
}
