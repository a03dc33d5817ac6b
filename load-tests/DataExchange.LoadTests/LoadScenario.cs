namespace DataExchange.LoadTests;

/// <summary>How one operation ended.</summary>
public enum StepStatus
{
    /// <summary>As it should.</summary>
    Ok,
    /// <summary>Refused clearly because the target takes no more for now: load that was shed.</summary>
    Shed,
    /// <summary>Anything else.</summary>
    Failed,
}

/// <summary>How one operation ended, and of what kind the trouble was.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Kind">Kind of trouble, such as <c>429</c> or <c>InsufficientFunds</c>; empty when it went well.</param>
public readonly record struct StepResult(StepStatus Status, string Kind)
{
    /// <summary>It went well.</summary>
    public static StepResult Ok { get; } = new(StepStatus.Ok, "");

    /// <summary>The target takes no more for now.</summary>
    /// <param name="kind">How it said so.</param>
    public static StepResult Shed(string kind) => new(StepStatus.Shed, kind);

    /// <summary>It did not go well.</summary>
    /// <param name="kind">Of what kind the trouble is.</param>
    public static StepResult Failed(string kind) => new(StepStatus.Failed, kind);
}

/// <summary>
/// A load that a target is put under, whatever runs it: what is made before, one operation, what must be true after. It knows neither rates nor times;
/// those are the <see cref="LoadProfile"/>'s.
/// </summary>
public abstract class LoadScenario : IAsyncDisposable
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What is loaded, in a sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What an operation is, in the plural.</summary>
    public abstract string Unit { get; }

    /// <summary>The profile that it is run with unless another is asked for.</summary>
    public abstract LoadProfile DefaultProfile { get; }

    /// <summary>The schedule that it brings along, where its operations have their own times; null where any rate will do. It may take a while.</summary>
    /// <param name="cancellation">Stops it.</param>
    public virtual ValueTask<LoadProfile?> OwnProfileAsync(CancellationToken cancellation) => new((LoadProfile?)null);

    /// <summary>Makes what the operations need; not measured.</summary>
    /// <param name="profile">The profile that it will be run with.</param>
    /// <param name="cancellation">Stops it.</param>
    public virtual ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation) => default;

    /// <summary>One operation. It is called from several threads at once where there are several workers.</summary>
    /// <param name="number">Its number in the run, from 0; each occurs once.</param>
    /// <param name="cancellation">The run was given up.</param>
    public abstract ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation);

    /// <summary>Whether the target is as it must be after everything that was acknowledged: nothing lost, nothing doubled, books balanced.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public virtual ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation) => new((IReadOnlyList<string>)[]);

    /// <summary>What the target counted during the run, by name; for the question what limited it.</summary>
    public virtual IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>();

    /// <summary>What is to be known of the run besides figures, by name, such as a digest of the traffic.</summary>
    public virtual IReadOnlyDictionary<string, string> Notes() => new Dictionary<string, string>();

    /// <summary>Takes away what was made.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
