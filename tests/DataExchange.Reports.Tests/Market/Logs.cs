using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trust;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    public string OriginOf(VenueId venue) => "log.example/" + venue.Value;

    public LogKey? KeyOf(VenueId venue, int generation) => new(generation, generation.ToString("x8", CultureInfo.InvariantCulture), "key");

    public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) =>
        ValueTask.FromResult(new TreeHead(_events.Count, _events.Count.ToString("x64", CultureInfo.InvariantCulture)));

    private IEnumerable<Command?> Logs()
    {
        foreach (var venue in Venues)
        {
            yield return new OpenLog(venue) { At = _now, By = new("venue-" + venue.Value) };
        }

        for (var i = 0; i < 20; i++)
        {
            var (venue, other) = Chance(50) ? (Venues[0], Venues[1]) : (Venues[1], Venues[0]);
            yield return new PublishTreeHead(venue) { At = _now, By = new("venue-" + venue.Value) };
            foreach (var published in _last.Events.OfType<TreeHeadPublished>())
            {
                yield return new AnchorTreeHead(other, published) { At = _now, By = new("venue-" + other.Value) };
            }

            if (Chance(20))
            {
                yield return new RotateLogKey(venue) { At = _now, By = new("venue-" + venue.Value) };
            }
        }
    }
}
