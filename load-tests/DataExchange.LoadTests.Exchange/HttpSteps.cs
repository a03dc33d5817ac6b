using System.Globalization;
using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>What answers of a gateway are to a load test.</summary>
internal static class HttpSteps
{
    /// <summary>Does something over HTTP; 429, and 503 with a time to come back, are load that was shed.</summary>
    /// <param name="work">Does it.</param>
    public static async ValueTask<StepResult> OfAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return StepResult.Ok;
        }
        catch (CommandRefusedException refused)
        {
            return StepResult.Failed(refused.Rejection);
        }
        catch (GatewayException answer)
        {
            // A 503 without a time to come back is no refusal for load: the store is away, or something between answered. After a 504 the command may yet be executed.
            var kind = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.Status} {answer.Name}");
            return answer is TooManyRequestsException or NotAvailableException { RetryAfter: not null } ? StepResult.Shed(kind) : StepResult.Failed(kind);
        }
        catch (HttpRequestException broken)
        {
            return StepResult.Failed($"HTTP {broken.HttpRequestError}");
        }
    }
}
