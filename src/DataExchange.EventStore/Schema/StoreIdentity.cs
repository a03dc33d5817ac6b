using System.Globalization;

namespace DataExchange.EventStore.Schema;

/// <summary>What a store was made for and by; kept in one row beside the events, so that two runs are never mixed in one store.</summary>
/// <param name="FormatVersion">The layout of the store: events' names, streams and documents; see <see cref="CurrentFormat"/>.</param>
/// <param name="ScenarioName">The scenario's name.</param>
/// <param name="ScenarioHash">SHA-256 of the scenario in lower-case hexadecimal: two scenarios of one name differ here.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Scale">The factor on products, firms and volume; above 0.</param>
/// <param name="CreatedWith">The version of the program that made the store, for messages.</param>
/// <param name="IsCompleted">Whether the run came to its end.</param>
public sealed record StoreIdentity(
    int FormatVersion,
    string ScenarioName,
    string ScenarioHash,
    ulong Seed,
    double Scale,
    string CreatedWith,
    bool IsCompleted)
{
    /// <summary>
    /// Events of the run itself, when others were added after it came to its end (an import); null while the store holds what scenario and seed make and
    /// nothing else. Of a store that no run made it is 0.
    /// </summary>
    public long? RunEvents { get; init; }

    /// <summary>Whether events are being added, or the adding was cut off: what is committed is whole commands, but the logs' last heads are not signed.</summary>
    public bool IsExtending { get; init; }

    /// <summary>The layout this program writes and reads: 3 since the venues keep logs, 2 since there are order books. New kinds of events, streams and documents need no other one.</summary>
    public const int CurrentFormat = 4;

    /// <summary>Checks that a run wanting <paramref name="wanted"/> may use a store that is this.</summary>
    /// <param name="wanted">What the run is.</param>
    /// <exception cref="StoreIdentityMismatchException">It may not; the message names the field and both values.</exception>
    public void EnsureServes(StoreIdentity wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        EnsureReadable();
        EnsureSame("scenario", ScenarioName, wanted.ScenarioName);
        EnsureSame($"content (SHA-256) of scenario {ScenarioName}", ScenarioHash, wanted.ScenarioHash);
        EnsureSame("seed", Text(Seed), Text(wanted.Seed));
        EnsureSame("scale", Text(Scale), Text(wanted.Scale));
    }

    /// <summary>Checks that this program can read the store at all.</summary>
    /// <exception cref="StoreIdentityMismatchException">It is of another format.</exception>
    public void EnsureReadable()
    {
        if (FormatVersion != CurrentFormat)
        {
            var made = FormatVersion > CurrentFormat ? "a newer" : "an older";
            throw new StoreIdentityMismatchException(
                "format",
                Text(FormatVersion),
                Text(CurrentFormat),
                $"The store was made by {made} version ({CreatedWith}, store format {FormatVersion}); this program reads format {CurrentFormat}. "
                + "Use that version, another data folder, or --reset to delete the store and start again.");
        }
    }

    private static void EnsureSame(string field, string stored, string wanted)
    {
        if (!string.Equals(stored, wanted, StringComparison.Ordinal))
        {
            throw new StoreIdentityMismatchException(
                field,
                stored,
                wanted,
                $"The store holds another run: its {field} is {stored}, this run's is {wanted}. "
                + "Use another data folder, or --reset to delete the store and start again.");
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
