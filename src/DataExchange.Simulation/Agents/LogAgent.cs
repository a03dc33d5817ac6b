using DataExchange.Domain;
using DataExchange.Domain.Trust;

namespace DataExchange.Simulation.Agents;

/// <summary>Keeps the venues' logs going: opens them, publishes their heads, has the others anchor these, changes keys.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venues">The venues.</param>
public sealed class LogAgent(Market market, IReadOnlyList<VenueAgent> venues)
{
    // Heads are cut at night, when nothing else happens.
    private const int Hour = 2 * 3_600;

    /// <summary>Opens a venue's log, and changes its key every so many years.</summary>
    /// <param name="venue">The venue.</param>
    public async ValueTask OpenAsync(VenueAgent venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        var kernel = market.Kernel;
        await kernel.SubmitAsync(new OpenLog(venue.Venue) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
        var years = market.Scenario.Logs.KeyYears.Whole;
        for (var year = years; years > 0; year += years)
        {
            await kernel.Until(SimulatedTime.On(venue.Settings.Opens.AddYears(year), Hour));
            await kernel.SubmitAsync(new RotateLogKey(venue.Venue) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
        }
    }

    /// <summary>Has every head published and anchored, every so many days and at the end.</summary>
    public async ValueTask PublishAsync()
    {
        var kernel = market.Kernel;
        var last = kernel.End.AddSeconds(-1);
        while (kernel.Now < last)
        {
            var next = SimulatedTime.On(kernel.Now.Date.AddDays(market.Scenario.Logs.HeadDays.Whole), Hour);
            await kernel.Until(next < last ? next : last);
            foreach (var venue in venues)
            {
                await PublishAsync(venue).ConfigureAwait(true);
            }
        }
    }

    private async ValueTask PublishAsync(VenueAgent venue)
    {
        var kernel = market.Kernel;
        var outcome = await kernel.SubmitAsync(new PublishTreeHead(venue.Venue) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
        foreach (var published in outcome.Events.OfType<TreeHeadPublished>())
        {
            foreach (var other in venues)
            {
                if (other != venue)
                {
                    await kernel.SubmitAsync(new AnchorTreeHead(other.Venue, published) { At = kernel.Now, By = other.Party }).ConfigureAwait(true);
                }
            }
        }
    }
}
