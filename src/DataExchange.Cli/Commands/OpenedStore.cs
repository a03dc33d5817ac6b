using DataExchange.Cli.Running;
using DataExchange.EventStore.Schema;
using DataExchange.Postgres;
using DataExchange.Reports.Projections;
using Marten;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary>A store that a simulation made, opened for reading.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private OpenedStore(PostgresServer? server, NpgsqlDataSource database, DocumentStore store, StoreIdentity identity) =>
        (_server, Database, Store, Identity) = (server, database, store, identity);

    public NpgsqlDataSource Database { get; }

    public DocumentStore Store { get; }

    public StoreIdentity Identity { get; }

    /// <summary>A store in a database that somebody else has opened and disposes of.</summary>
    /// <param name="database">The database.</param>
    /// <param name="identity">What store it is.</param>
    public static OpenedStore Over(NpgsqlDataSource database, StoreIdentity identity) => new(null, database, MarketStore.Over(database), identity);

    /// <summary>Opens it.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="postgres">An existing server; null for the private one.</param>
    /// <param name="needsReadModels">Whether read models are to be brought up to date first, as after an interrupted run.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CommandFailedException">There is no store.</exception>
    public static async Task<OpenedStore> OpenAsync(string data, string? postgres, bool needsReadModels, CancellationToken cancellation)
    {
        var isPrivate = string.IsNullOrWhiteSpace(postgres) && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(PostgresServer.Variable));
        if (isPrivate && !Directory.Exists(data))
        {
            throw new CommandFailedException($"--data '{data}': there is no such folder; run './dx simulate --data {data}' first.");
        }

        var server = await PostgresServer.ResolveAsync(postgres, data, null, cancellation).ConfigureAwait(false);
        return await OpenAsync(server, needsReadModels, cancellation).ConfigureAwait(false);
    }

    // The server belongs to what is opened; when nothing is, it is ended here.
    private static async Task<OpenedStore> OpenAsync(PostgresServer server, bool needsReadModels, CancellationToken cancellation)
    {
        var database = NpgsqlDataSource.Create(server.ConnectionString);
        DocumentStore? store = null;
        try
        {
            var identity = await new StoreIdentityTable(database).ReadAsync(cancellation).ConfigureAwait(false)
                ?? throw new CommandFailedException($"{server.Description} holds no simulated market; run './dx simulate' first.");
            identity.EnsureReadable();
            store = MarketStore.Over(database);
            if (!identity.IsCompleted)
            {
                await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
            }

            if (needsReadModels && await ReadModelStore.ProgressAsync(database, cancellation).ConfigureAwait(false) == 0)
            {
                await Console.Error.WriteLineAsync("The run was interrupted before its read models were stored; they are folded from the events now.")
                    .ConfigureAwait(false);
                await ReadModelStore.CatchUpAsync(store, database, cancellation).ConfigureAwait(false);
            }

            return new OpenedStore(server, database, store, identity);
        }
        catch
        {
            store?.Dispose();
            await database.DisposeAsync().ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a store to add to, or makes an empty one where there is none.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="postgres">An existing server; null for the private one.</param>
    /// <param name="hasTime">Whether the command names a time: an empty store has no last event to follow.</param>
    /// <param name="isTrial">Whether nothing is to be made.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The store; null when there is none and none is to be made.</returns>
    /// <exception cref="WrongInputException">There is no store and no time.</exception>
    public static async Task<OpenedStore?> OpenOrCreateAsync(string data, string? postgres, bool hasTime, bool isTrial, CancellationToken cancellation)
    {
        var isPrivate = string.IsNullOrWhiteSpace(postgres) && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(PostgresServer.Variable));
        var mayExist = !isPrivate || Directory.Exists(data);
        if (mayExist || (hasTime && !isTrial))
        {
            var server = await PostgresServer.ResolveAsync(postgres, data, null, cancellation).ConfigureAwait(false);
            if (await HasStoreAsync(server, hasTime && !isTrial, cancellation).ConfigureAwait(false))
            {
                return await OpenAsync(server, false, cancellation).ConfigureAwait(false);
            }

            await server.DisposeAsync().ConfigureAwait(false);
        }

        return hasTime
            ? null
            : throw new WrongInputException(
                "--at is needed: there is no store, and an empty one has no event that something could follow, e.g. --at 2025-06-03T09:00");
    }

    private static async Task<bool> HasStoreAsync(PostgresServer server, bool makes, CancellationToken cancellation)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(server.ConnectionString);
            var table = new StoreIdentityTable(database);
            if (await table.ReadAsync(cancellation).ConfigureAwait(false) is not null)
            {
                return true;
            }

            if (makes)
            {
                await table.WriteAsync(ImportStore.NewIdentity, cancellation).ConfigureAwait(false);
                using var store = MarketStore.Over(database);
                await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
            }

            return makes;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        if (_server is not null)
        {
            await Database.DisposeAsync().ConfigureAwait(false);
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
