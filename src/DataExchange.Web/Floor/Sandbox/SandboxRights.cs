namespace DataExchange.Web.Floor.Sandbox;

/// <summary>As whom one acts on the sandbox floor.</summary>
public enum SandboxRole
{
    /// <summary>Buys, and sells on what it bought.</summary>
    Buyer,
    /// <summary>Issues packs, posts and withdraws its offer.</summary>
    Provider,
    /// <summary>Runs the floor: halts, resumes, uncrosses, sets the clock and begins anew.</summary>
    Venue,
    /// <summary>May halt, and reads who did what.</summary>
    Regulator,
    /// <summary>Only reads.</summary>
    Auditor,
}

/// <summary>What can be done on the sandbox floor.</summary>
public enum SandboxAction
{
    /// <summary>A bid in the order book or the auction.</summary>
    Buy,
    /// <summary>An ask there.</summary>
    Sell,
    /// <summary>Takes an order of one's own out.</summary>
    Cancel,
    /// <summary>Buys licences from the posted offer.</summary>
    Take,
    /// <summary>Posts an offer that never runs out, in place of the one before.</summary>
    Post,
    /// <summary>Withdraws it.</summary>
    Withdraw,
    /// <summary>Halts one of the three.</summary>
    Halt,
    /// <summary>Ends a halt.</summary>
    Resume,
    /// <summary>Ends the auction's round now.</summary>
    Uncross,
    /// <summary>Lets time pass.</summary>
    Play,
    /// <summary>Stops the clock for everybody.</summary>
    Pause,
    /// <summary>Sets how fast time passes.</summary>
    Speed,
    /// <summary>Begins anew with a seed.</summary>
    Reset,
    /// <summary>Reads who did what.</summary>
    Read,
}

/// <summary>What which role may do.</summary>
internal static class SandboxRights
{
    private static readonly Dictionary<SandboxRole, SandboxAction[]> Allowed = new()
    {
        [SandboxRole.Buyer] = [SandboxAction.Buy, SandboxAction.Sell, SandboxAction.Cancel, SandboxAction.Take, SandboxAction.Play, SandboxAction.Pause, SandboxAction.Speed],
        [SandboxRole.Provider] =
            [SandboxAction.Sell, SandboxAction.Cancel, SandboxAction.Post, SandboxAction.Withdraw, SandboxAction.Play, SandboxAction.Pause, SandboxAction.Speed],
        [SandboxRole.Venue] =
        [
            SandboxAction.Halt, SandboxAction.Resume, SandboxAction.Uncross, SandboxAction.Play, SandboxAction.Pause, SandboxAction.Speed, SandboxAction.Reset, SandboxAction.Read,
        ],
        [SandboxRole.Regulator] = [SandboxAction.Halt, SandboxAction.Read],
        [SandboxRole.Auditor] = [SandboxAction.Read],
    };

    /// <summary>Whether a role may.</summary>
    internal static bool May(this SandboxRole role, SandboxAction action) => Allowed[role].Contains(action);
}
