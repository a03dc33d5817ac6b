using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DataExchange.Client;

/// <summary>
/// A gateway of the exchange. It may be used by many callers at once. Whatever it is asked throws a <see cref="GatewayException"/> where the gateway
/// answers with a problem, and an <see cref="HttpRequestException"/> where it cannot be reached.
/// </summary>
public sealed partial class GatewayClient
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http;
    private readonly Credential? _credential;

    /// <summary>Makes a client.</summary>
    /// <param name="http">Reaches the gateway: <see cref="HttpClient.BaseAddress"/> is its address. It is not disposed of here.</param>
    /// <param name="credential">Says who asks; null for nobody.</param>
    /// <exception cref="ArgumentException">There is no address.</exception>
    public GatewayClient(HttpClient http, Credential? credential)
    {
        ArgumentNullException.ThrowIfNull(http);
        (_http, _credential) = (http.BaseAddress is null ? throw new ArgumentException("BaseAddress is the gateway's address; there is none.", nameof(http)) : http, credential);
    }

    /// <summary>How often a command is sent again, with the same key, when there was no answer, 0 or more. Each time it waits longer.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The same gateway as seen by another.</summary>
    /// <param name="credential">Says who asks.</param>
    public GatewayClient As(Credential credential) => new(_http, credential) { Retries = Retries };

    /// <summary>Gives a command. It is executed once, also when it has to be sent several times.</summary>
    /// <param name="command">The command.</param>
    /// <param name="idempotencyKey">What makes it this command and no other, 1 to 200 visible ASCII characters; null for a new one, which is enough where the caller does not outlive the call.</param>
    /// <param name="ifMatch">The tag of an earlier answer, where the command is to be executed only if the stream that it addresses has not changed since; null for any.</param>
    /// <param name="cancellation">Stops the waiting; the command may be executed all the same.</param>
    /// <returns>What it led to, with the tag of the stream as it is now.</returns>
    /// <exception cref="CommandRefusedException">The exchange refused it.</exception>
    /// <exception cref="VersionMovedException">The stream has changed since <paramref name="ifMatch"/>.</exception>
    /// <exception cref="NotAvailableException">There was no answer, <see cref="Retries"/> times.</exception>
    public async Task<Tagged<CommandAnswer>> GiveAsync(
        ICommand command, string? idempotencyKey = null, string? ifMatch = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var request = new GatewayRequest(HttpMethod.Post, $"/v1/commands/{command.Name}").Body(command)
            .Header("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString()).Header("If-Match", ifMatch);
        var pause = FirstPause;
        for (var left = Retries; ; left--)
        {
            try
            {
                return await TaggedAsync<CommandAnswer>(request, null, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (left > 0 && (IsBroken(failure) || failure is NotAvailableException or TooManyRequestsException))
            {
                var asked = failure switch { TooManyRequestsException many => many.RetryAfter, NotAvailableException busy => busy.RetryAfter, _ => null };
                await Task.Delay(asked ?? pause, cancellation).ConfigureAwait(false);
                pause = Longer(pause);
            }
        }
    }

    private async Task<T> AskAsync<T>(GatewayRequest request, CancellationToken cancellation) =>
        (await TaggedAsync<T>(request, null, cancellation).ConfigureAwait(false)).Value;

    private async Task DoAsync(GatewayRequest request, CancellationToken cancellation)
    {
        using var response = await SendAsync(request, cancellation).ConfigureAwait(false);
    }

    // What has not changed since it was read last is not sent again.
    private async Task<Tagged<T>> TaggedAsync<T>(GatewayRequest request, Tagged<T>? known, CancellationToken cancellation)
    {
        using var response = await SendAsync(request.Header("If-None-Match", known?.ETag), cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return known;
        }

        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var value = await JsonSerializer.DeserializeAsync<T>(body, ClientJson.Options, cancellation).ConfigureAwait(false);
        return new Tagged<T>(value ?? throw new JsonException($"The gateway answered null instead of a {typeof(T).Name}."), response.Headers.ETag?.ToString() ?? "");
    }

    // A page may be short, or empty, and yet not be the last.
    private async IAsyncEnumerable<TItem> PagesAsync<TPage, TItem>(
        GatewayRequest request, Func<TPage, IReadOnlyList<TItem>> items, Func<TPage, object?> next, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Whoever goes through it a second time begins anew.
        for (var asked = request.Copy(); ;)
        {
            var page = await AskAsync<TPage>(asked, cancellation).ConfigureAwait(false);
            foreach (var item in items(page))
            {
                yield return item;
            }

            if (next(page) is not { } after)
            {
                yield break;
            }

            asked.Query("after", Convert.ToString(after, CultureInfo.InvariantCulture));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(GatewayRequest request, CancellationToken cancellation)
    {
        using var message = request.Message(_credential);
        var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw await ProblemAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    // Something between may answer too, and knows nothing of problems.
    private static async Task<GatewayException> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        Problem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            problem = await JsonSerializer.DeserializeAsync<Problem>(body, ClientJson.Options, cancellation).ConfigureAwait(false);
        }

        var reason = response.ReasonPhrase is { Length: > 0 } phrase ? phrase : $"{(int)response.StatusCode}";
        return GatewayException.Of(
            problem ?? new Problem { Type = "about:blank", Title = reason, Status = (int)response.StatusCode, Detail = reason, Titles = new() { Zh = reason, En = reason } },
            response.Headers.RetryAfter?.Delta);
    }

    // That an answer did not come in the time of HttpClient is told as a cancellation that nobody asked for.
    private static bool IsBroken(Exception failure) => failure is HttpRequestException or IOException or TaskCanceledException { InnerException: TimeoutException };

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
