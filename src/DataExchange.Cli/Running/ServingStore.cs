using System.Security.Cryptography;
using DataExchange.EventStore;
using DataExchange.EventStore.Schema;
using DataExchange.Reports.Projections;
using DataExchange.Scenarios;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>The store that services run on: that of a run, to go on from, or an empty one that is made.</summary>
internal static class ServingStore
{
    /// <summary>Name of the scenario of a store that services began.</summary>
    public const string Live = "live";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Prepares it.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the store is.</returns>
    public static async Task<StoreIdentity> PrepareAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var table = new StoreIdentityTable(database);
        var identity = await table.ReadAsync(cancellation).ConfigureAwait(false);
        identity?.EnsureReadable();
        if (identity is null)
        {
            identity = new StoreIdentity(
                StoreIdentity.CurrentFormat, Live, new string('0', 64), (ulong)RandomNumberGenerator.GetInt32(int.MaxValue), 1, SimulationSession.ProgramVersion, true)
            {
                RunEvents = 0,
            };
            await table.WriteAsync(identity, cancellation).ConfigureAwait(false);
        }

        // The feed's store makes no tables.
        using var store = MarketStore.Over(database, customize: ReadModelProjections.RegisterDocuments);
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        return identity;
    }

    /// <summary>Notes that what comes from here on is not the run's: its digest is kept apart.</summary>
    public static async Task BeginAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var count = database.CreateCommand($"SELECT count(*) FROM {Schemas.Default}.mt_events");
        await new StoreIdentityTable(database).BeginExtensionAsync((long)(await count.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// The venues' keys: those of a folder, the throw-away ones of a simulated run, or, for a store that services began, keys of its own in the data
    /// folder, made at the first start.
    /// </summary>
    /// <param name="identity">The store.</param>
    /// <param name="folder">The folder named; null for none.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="note">Told where keys were made.</param>
    /// <exception cref="VenueKeyException">A key is missing or unfit.</exception>
    public static VenueKeys Keys(StoreIdentity identity, string? folder, string data, Action<string> note)
    {
        folder ??= KeyFolderOf(identity, data);
        if (folder is null)
        {
            return VenueKeys.Derive(identity.ScenarioName, identity.Seed, identity.Scale);
        }

        if (!File.Exists(Path.Combine(folder, "origin")))
        {
            Make(folder);
            note($"Made keys for the venues' logs in {Path.GetFullPath(folder)}; keep them: the logs go on with these and no others.");
        }

        return VenueKeys.Load(folder);
    }

    /// <summary>The folder of the keys of a store that services began; null for a simulated run's.</summary>
    /// <param name="identity">The store.</param>
    /// <param name="data">The data folder.</param>
    public static string? KeyFolderOf(StoreIdentity identity, string data) => identity.ScenarioName is Live ? Path.Combine(data, "keys") : null;

    private static void Make(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new VenueKeyException($"'{folder}' holds something, but no file 'origin': it is no folder of keys, and none is made in it.");
        }

        Directory.CreateDirectory(folder);
        foreach (var venue in ScenarioCatalogue.Load("hangzhou-2025").Scenario.Venues)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(Path.Combine(folder, venue.Id + ".pem"), key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        Write(Path.Combine(folder, "origin"), $"dataexchange.invalid/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}\n");
    }

    private static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(file, options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }
}
