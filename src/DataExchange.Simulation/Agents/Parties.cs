using DataExchange.Domain;

namespace DataExchange.Simulation.Agents;

/// <summary>Parties that are there in every run.</summary>
public static class Parties
{
    /// <summary>The authority that caps the price of public data.</summary>
    public static readonly PartyId Authority = new("authority");

    /// <summary>The office that values products.</summary>
    public static readonly PartyId Valuer = new("valuer");

    /// <summary>The office that pays proceeds out.</summary>
    public static readonly PartyId Clearing = new("clearing");

    /// <summary>Those who object to published rights.</summary>
    public static readonly PartyId Objector = new("objector");
}
