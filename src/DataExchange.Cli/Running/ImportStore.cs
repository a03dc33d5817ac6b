using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Schema;
using DataExchange.Exchange;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Running;

/// <summary>What an import needs to know of the store that it adds to.</summary>
internal sealed class ImportStore
{
    /// <summary>Name of the scenario of a store that no run made.</summary>
    public const string Scenario = "import";

    /// <summary>The venue of such a store unless another is named.</summary>
    public const string DefaultVenue = "hzdex";

    private readonly List<string> _venues = [];

    /// <summary>Parties that are registered.</summary>
    public HashSet<PartyId> Parties { get; } = [];

    /// <summary>Products that applied, those refused included.</summary>
    public HashSet<ProductId> Products { get; } = [];

    /// <summary>Identity of a store that begins with an import. No scenario made it: its digest cannot be made again from a seed.</summary>
    public static StoreIdentity NewIdentity => new(StoreIdentity.CurrentFormat, Scenario, new string('0', 64), 0, 1, SimulationSession.ProgramVersion, true) { RunEvents = 0 };

    /// <summary>Sees a stored fact.</summary>
    public void Observe(RecordedEvent fact)
    {
        switch (fact.Data)
        {
            case PartyRegistered e:
                Parties.Add(e.Party);
                break;
            case ProductRegistered e:
                Products.Add(e.Product);
                break;
            case RegistrationRefused e:
                Products.Add(e.Product);
                break;
            case LogOpened e:
                _venues.Add(e.Venue.Value);
                break;
        }
    }

    /// <summary>The venue that takes the applications: the one named, else the one that keeps the common register.</summary>
    /// <param name="named">The venue's id; null for none.</param>
    /// <exception cref="WrongInputException">The store has no such venue.</exception>
    public VenueId VenueOf(string? named) => _venues.Count == 0 ? new VenueId(named ?? DefaultVenue)
        : named is null ? new VenueId(_venues[0])
        : _venues.Contains(named) ? new VenueId(named)
        : throw new WrongInputException($"--venue '{named}' is not allowed: one of {string.Join(", ", _venues.Order(StringComparer.Ordinal))}");

    /// <summary>Opens the venue's log and registers its operator, where no venue is there yet.</summary>
    public async Task OpenVenueAsync(IExchange exchange, VenueId venue, SimulatedTime at, CancellationToken cancellation)
    {
        var party = new PartyId("venue-" + venue.Value);
        if (_venues.Count == 0)
        {
            await exchange.SubmitAsync(new OpenLog(venue) { At = at, By = party }, cancellation).ConfigureAwait(false);
        }

        if (Parties.Add(party))
        {
            var known = ScenarioCatalogue.Load("hangzhou-2025").Scenario.Venues.FirstOrDefault(one => one.Id == venue.Value);
            await exchange.SubmitAsync(
                new RegisterParty(party, known?.Name.Zh ?? venue.Value, known?.Name.En ?? venue.Value, PartyRole.Venue, null) { At = at, By = party }, cancellation)
                .ConfigureAwait(false);
        }
    }
}
