using System.Reflection;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using Npgsql;

namespace DataExchange.Gateway.Access;

/// <summary>Whether a command has to do with its caller. What the store says counts, not what the caller says.</summary>
internal sealed class Concerns(NpgsqlDataSource database)
{
    // The parties that a command names as acting, by role; a contract request names both sides.
    private static readonly Dictionary<Role, string[]> Acting = new()
    {
        [Role.Provider] = ["Provider", "Party", "Objector", "Bidder"],
        [Role.Buyer] = ["Buyer", "Party", "Objector", "Bidder"],
        [Role.Assessor] = ["Party"],
        [Role.Venue] = ["Party"],
    };

    /// <summary>Why the caller may not give the command; null when it may.</summary>
    public async Task<string?> ObjectionAsync(Command command, Caller caller, Concern concern, CancellationToken cancellation) => concern switch
    {
        Concern.Any => null,
        Concern.Self => Self(command, caller),
        Concern.Product => await HolderAsync(command, cancellation).ConfigureAwait(false) == caller.Party ? null : $"The product is not one of {caller.Party}.",
        Concern.Deal => await SideAsync((DealCommand)command, caller, cancellation).ConfigureAwait(false),
        Concern.Requirement => await AskedAsync((RequirementCommand)command, caller, cancellation).ConfigureAwait(false),
        Concern.Venue when command is AnchorTreeHead anchoring && !await IsPublishedAsync(anchoring.Published, cancellation).ConfigureAwait(false) =>
            $"Venue {anchoring.Published.Venue} has published no such head.",
        Concern.Venue => await VenueOfAsync(command, cancellation).ConfigureAwait(false) is { } venue && venue == caller.Venue
            ? null
            : $"It is not about the venue of {caller.Party}.",
        Concern.Halt => command is CallPhase { Phase: TradingPhase.Halted } ? null : "A regulator calls the phase Halted alone.",
        _ => "It is not permitted.",
    };

    private static string? Self(Command command, Caller caller)
    {
        var acting = Acting.GetValueOrDefault(caller.Role, []).Select(name => Property(command, name)).FirstOrDefault(party => party is not null);
        if (acting is not PartyId named || named != caller.Party)
        {
            return $"It names another party than {caller.Party}.";
        }

        return command is not RegisterParty { Role: var role } || (caller.Role, role) is (Role.Provider, PartyRole.Provider or PartyRole.PublicDataOperator)
            or (Role.Buyer, PartyRole.Buyer) or (Role.Assessor, PartyRole.Assessor) or (Role.Venue, PartyRole.Venue)
            ? null
            : $"A {caller.Role} does not register as {role}.";
    }

    private async Task<PartyId?> HolderAsync(Command command, CancellationToken cancellation) =>
        Property(command, "Product") is ProductId product
            ? ((ProductRights)await StateAsync(StreamId.Product(product), cancellation).ConfigureAwait(false)).Holder
            : null;

    private async Task<string?> SideAsync(DealCommand command, Caller caller, CancellationToken cancellation)
    {
        var deal = (DealState)await StateAsync(command.Stream, cancellation).ConfigureAwait(false);
        var isOurs = deal.Stage != DealStage.None && caller.Role switch
        {
            Role.Buyer => deal.Buyer == caller.Party,
            Role.Provider => deal.Provider == caller.Party,
            Role.Venue => deal.Venue == caller.Venue,
            _ => false,
        };
        return isOurs ? null : $"Deal {command.Deal} is not one of {caller.Party}.";
    }

    private async Task<string?> AskedAsync(RequirementCommand command, Caller caller, CancellationToken cancellation)
    {
        var asked = (BuyerRequirement)await StateAsync(command.Stream, cancellation).ConfigureAwait(false);
        var isOurs = asked.Stage != RequirementStage.None && (caller.Role == Role.Venue ? asked.Venue == caller.Venue : asked.Buyer == caller.Party);
        if (!isOurs)
        {
            return $"Requirement {command.Requirement} is not one of {caller.Party}.";
        }

        // Listing knows nothing of deals: whether this one is what it is said to be only the store can say.
        return command is MeetRequirement meet
            && (DealState)await StateAsync(StreamId.Deal(meet.Deal), cancellation).ConfigureAwait(false) is var deal
            && (deal.Buyer != caller.Party || deal.Product != meet.Product || deal.Stage is < DealStage.Matched or DealStage.Terminated)
                ? $"Deal {meet.Deal} is not one by which {caller.Party} bought {meet.Product}."
                : null;
    }

    private async Task<VenueId?> VenueOfAsync(Command command, CancellationToken cancellation)
    {
        if (Property(command, "Venue") is VenueId named)
        {
            return named;
        }

        if (command is BookCommand)
        {
            var book = (OrderBook)await StateAsync(command.Stream, cancellation).ConfigureAwait(false);
            return string.IsNullOrEmpty(book.Venue.Value) ? null : book.Venue;
        }

        if (command is AuctionCommand)
        {
            var auction = (Auction)await StateAsync(command.Stream, cancellation).ConfigureAwait(false);
            return auction.Stage == AuctionStage.None ? null : auction.Venue;
        }

        return command is RightsCommand
            ? await new RawEventReader(database).ReadStreamAsync(command.Stream, cancellation).Select(Fact).OfType<ProductRegistered>()
                .Select(fact => (VenueId?)fact.Venue).FirstOrDefaultAsync(cancellation).ConfigureAwait(false)
            : null;
    }

    // The decider takes the head as a fact of the other venue's log: whether it is one only the store can say.
    private async Task<bool> IsPublishedAsync(TreeHeadPublished head, CancellationToken cancellation) =>
        await new RawEventReader(database).ReadStreamAsync(StreamId.Log(head.Venue), cancellation).Select(Fact).AnyAsync(fact => fact == head, cancellation).ConfigureAwait(false);

    private async Task<object> StateAsync(string stream, CancellationToken cancellation)
    {
        var kind = StreamKind.Of(stream);
        var state = kind.Initial;
        await foreach (var raw in new RawEventReader(database).ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
        {
            state = kind.Evolve(state, Fact(raw));
        }

        return state;
    }

    private static Event Fact(RawEvent raw) => EventJson.Read(raw.TypeName, raw.Json.Span);

    private static object? Property(Command command, string name) =>
        command.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(command);
}
