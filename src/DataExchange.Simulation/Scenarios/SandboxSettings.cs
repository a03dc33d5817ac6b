namespace DataExchange.Simulation.Scenarios;

/// <summary>The reform sandbox (改革沙盒): which products are tried there on what conditions. Shares are from 0 to 1.</summary>
public sealed record SandboxSettings
{
    /// <summary>Id of the venue that keeps the sandbox.</summary>
    public required string Venue { get; init; }

    /// <summary>First day on which a product may be admitted (A105 of docs/assumptions.md).</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>Firms that take part in trials, before scaling.</summary>
    public required Figure PilotFirms { get; init; }

    /// <summary>Products of the venue's applications from then on that ask for the sandbox, before scaling; 0 for none.</summary>
    public required Figure Products { get; init; }

    /// <summary>Length of a trial, days, on average.</summary>
    public required Figure Days { get; init; }

    /// <summary>Most firms that may buy, on average.</summary>
    public required Figure MostBuyers { get; init; }

    /// <summary>Most that all deals of a trial may come to: median, yuan.</summary>
    public required Figure MostAmountYuan { get; init; }

    /// <summary>Of trials: only firms that are named may buy.</summary>
    public required Figure NamedShare { get; init; }

    /// <summary>Orders of a trial, on average.</summary>
    public required Figure OrdersPerTrial { get; init; }

    /// <summary>Of these: by contract; of the contracts, half are filed.</summary>
    public required Figure ContractShare { get; init; }

    /// <summary>Of orders where firms are named: from a firm that is not.</summary>
    public required Figure OutsiderShare { get; init; }

    /// <summary>Of trials: conditions loosened before the end.</summary>
    public required Figure ExtendedShare { get; init; }

    /// <summary>Of trials: ended by the venue before their time.</summary>
    public required Figure EndedEarlyShare { get; init; }
}
