using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>The venues' keys of a run: throw-away ones, or those of a folder.</summary>
internal static class RunKeys
{
    /// <summary>Opens them, and reads every key of a folder, so that an unfit one is found before anything is touched.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="VenueKeyException">A key is missing or unfit.</exception>
    public static VenueKeys Open(SimulationRequest request, Scenario scenario)
    {
        if (request.Keys is null)
        {
            return VenueKeys.Derive(scenario.Name, request.Seed, request.Scale);
        }

        var keys = VenueKeys.Load(request.Keys);
        try
        {
            foreach (var venue in scenario.Venues)
            {
                _ = keys.Of(venue.Id);
                for (var generation = 1; keys.Has(venue.Id, generation); generation++)
                {
                    _ = keys.Of(venue.Id, generation);
                }
            }

            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>Checks that a store's logs were kept with these keys: their public halves and the logs' names are facts in it.</summary>
    /// <param name="database">The store.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="folder">Where they are from; null for throw-away ones.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="StoreIdentityMismatchException">They were not.</exception>
    public static async Task EnsureServesAsync(NpgsqlDataSource database, VenueKeys keys, string? folder, CancellationToken cancellation)
    {
        await using (var exists = database.CreateCommand($"SELECT to_regclass('{Schemas.Default}.mt_events') IS NOT NULL"))
        {
            if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
            {
                return;
            }
        }

        foreach (var stream in await new StoredEvents(database).StreamsAsync("log", cancellation).ConfigureAwait(false))
        {
            var venue = new VenueId(stream["log/".Length..]);
            await foreach (var raw in new RawEventReader(database).ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
            {
                var key = EventJson.Read(raw.TypeName, raw.Json.Span) switch
                {
                    LogOpened opened when opened.Origin != keys.Origin(venue.Value) => throw Other("name of log", venue, opened.Origin, keys.Origin(venue.Value), folder),
                    LogOpened opened => opened.Key,
                    LogKeyRotated rotated => rotated.Key,
                    _ => null,
                };
                if (key is null)
                {
                    continue;
                }

                var mine = keys.Has(venue.Value, key.Generation) ? keys.Of(venue.Value, key.Generation).KeyId : "missing";
                if (mine != key.KeyId)
                {
                    throw Other($"key {key.Generation}", venue, key.KeyId, mine, folder);
                }
            }
        }
    }

    private static StoreIdentityMismatchException Other(string what, VenueId venue, string stored, string wanted, string? folder) => new(
        "keys", stored, wanted,
        $"The store holds a run with other keys: its {what} of venue {venue.Value} is {stored}, that of {(folder is null ? "a run without --keys" : $"--keys '{folder}'")} is {wanted}. "
        + "Use the keys that it was made with, another data folder, or --reset to delete the store and start again.");
}
