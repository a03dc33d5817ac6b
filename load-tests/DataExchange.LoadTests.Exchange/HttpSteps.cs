using System.Globalization;
using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>What answers of a gateway are to a load test.</summary>
internal static class HttpSteps
{
    /// <summary>Does something over HTTP; 429 and 503 are load that was shed.</summary>
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
        catch (GatewayException answer) when ((int)answer.Status is 429 or 503)
        {
            return StepResult.Shed(((int)answer.Status).ToString(CultureInfo.InvariantCulture));
        }
        catch (GatewayException answer)
        {
            return StepResult.Failed(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.Status} {answer.Name}"));
        }
        catch (HttpRequestException broken)
        {
            return StepResult.Failed($"HTTP {broken.HttpRequestError}");
        }
    }
}
