namespace DataExchange.Domain.Rights;

/// <summary>What a party does on the market.</summary>
public enum PartyRole
{
    /// <summary>数据提供方 (数商).</summary>
    Provider,
    /// <summary>公共数据授权运营方.</summary>
    PublicDataOperator,
    /// <summary>需求方.</summary>
    Buyer,
    /// <summary>合规评估机构.</summary>
    Assessor,
    /// <summary>数据交易场所.</summary>
    Venue,
    /// <summary>主管部门.</summary>
    Authority,
}

/// <summary>A party was registered with its name.</summary>
/// <param name="Party">The party.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Role">What it does on the market.</param>
/// <param name="SubTrack">Its place in the industry chain graph, by id; null for a party outside it.</param>
[EventName("party_registered")]
public sealed record PartyRegistered(PartyId Party, string Name, string NameEn, PartyRole Role, string? SubTrack) : Event;

/// <summary>Registers a party with its name.</summary>
/// <param name="Party">The party.</param>
/// <param name="Name">Name in Chinese, not empty.</param>
/// <param name="NameEn">Name in English, not empty.</param>
/// <param name="Role">What it does on the market.</param>
/// <param name="SubTrack">Its place in the industry chain graph, by id; null for a party outside it.</param>
public sealed record RegisterParty(PartyId Party, string Name, string NameEn, PartyRole Role, string? SubTrack) : Command
{
    /// <inheritdoc />
    public override string Stream => StreamId.Party(Party);
}

/// <summary>Whether a party is registered.</summary>
/// <param name="IsRegistered">True after its registration.</param>
public sealed record PartyRegistration(bool IsRegistered);

/// <summary>Registers each party once.</summary>
public sealed class PartyDecider : IDecider<RegisterParty, PartyRegistration>
{
    private PartyDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "party";

    /// <inheritdoc />
    public static string Capability => "Rights";

    /// <inheritdoc />
    public static PartyRegistration Initial { get; } = new(false);

    /// <inheritdoc />
    public static Decision Decide(RegisterParty command, PartyRegistration state) =>
        state.IsRegistered ? Decision.Reject(Rejection.PartyAlreadyRegistered)
        : string.IsNullOrWhiteSpace(command.Name) || string.IsNullOrWhiteSpace(command.NameEn) ? Decision.Reject(Rejection.PartyNameMissing)
        : Decision.Accept(new PartyRegistered(command.Party, command.Name, command.NameEn, command.Role, command.SubTrack)
        {
            At = command.At,
            By = command.By,
        });

    /// <inheritdoc />
    public static PartyRegistration Evolve(PartyRegistration state, Event @event) => @event switch
    {
        PartyRegistered when !state.IsRegistered => new(true),
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(PartyRegistration state) => false;
}
