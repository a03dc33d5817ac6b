using DataExchange.Domain;

namespace DataExchange.Gateway.Access;

/// <summary>What a caller is to the exchange.</summary>
public enum Role
{
    /// <summary>数据提供方: registers, prices, lists, delivers.</summary>
    Provider,
    /// <summary>需求方: orders, accepts, disputes.</summary>
    Buyer,
    /// <summary>评估机构: assesses compliance and quality, values.</summary>
    Assessor,
    /// <summary>数据交易场所: examines, certifies, lists, registers transactions.</summary>
    Venue,
    /// <summary>主管部门: reads everything, halts and suspends order books.</summary>
    Regulator,
    /// <summary>审计: reads everything, the record of refused attempts too.</summary>
    Auditor,
    /// <summary>管理员: gives and takes keys, and does what no party does for itself.</summary>
    Administrator,
}

/// <summary>Who makes a request.</summary>
/// <param name="Party">The party that commands are given as.</param>
/// <param name="Role">What it is.</param>
/// <param name="Key">Id of its key.</param>
public sealed record Caller(PartyId Party, Role Role, Guid Key)
{
    private const string VenuePrefix = "venue-";

    /// <summary>The venue that it runs: party <c>venue-hzdex</c> runs <c>hzdex</c>; null for others.</summary>
    public VenueId? Venue => Role == Role.Venue && Party.Value.StartsWith(VenuePrefix, StringComparison.Ordinal) && Party.Value.Length > VenuePrefix.Length
        ? new VenueId(Party.Value[VenuePrefix.Length..])
        : null;
}
