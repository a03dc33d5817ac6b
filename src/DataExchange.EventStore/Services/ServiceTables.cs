using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;

namespace DataExchange.EventStore.Services;

/// <summary>The tables that running services keep beside the events: who owns what, which messages were handled, what was put aside.</summary>
public static class ServiceTables
{
    /// <summary>
    /// The setting that says how many facts were there when services first came to the store: what follows from those was done by whoever recorded them.
    /// </summary>
    internal const string BegunAt = "begun at";

    private const string StoreSetting = "store";

    /// <summary>The tables that cannot be made again from the facts, with what of them is worth keeping; a lease is not.</summary>
    internal static IReadOnlyList<(string Table, string Columns)> Kept { get; } =
    [
        ("service_deal", "deal, offer"),
        ("service_deadline", "stream, partition, due, command"),
        ("service_inbox", "id, partition, stream, first_version, last_version, rejection, handled_at"),
        ("service_partition", "name, epoch, cursor_sequence, cursor_index, last_at"),
        ("service_quarantine", "id, partition, kind, content, reason, put_aside_at, replayed_at"),
        ("service_setting", "name, value"),
    ];

    /// <summary>Which rows of such a table go along: the store's id does not, as what is restored is a store of its own.</summary>
    internal static string KeptOf(string table) => table == "service_setting" ? $"WHERE name <> '{StoreSetting}'" : "";

    /// <summary>Creates what is missing; drops nothing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">The schema that holds the store.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task CreateAsync(NpgsqlDataSource database, string schema = Schemas.Default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        SqlName.Checked(schema);
        return ServerErrors.GuardAsync("the services' tables were being created", async () =>
        {
            // Several processes start at once, and IF NOT EXISTS alone does not bear that.
            await using var create = database.CreateCommand(
                $"""
                BEGIN;
                SELECT pg_advisory_xact_lock(hashtext('dataexchange service tables {schema}'));
                CREATE TABLE IF NOT EXISTS {schema}.service_partition (
                    name text PRIMARY KEY, epoch bigint NOT NULL, owner text NOT NULL DEFAULT '', held_until timestamptz NOT NULL DEFAULT now(),
                    cursor_sequence bigint NOT NULL DEFAULT 0, cursor_index integer NOT NULL DEFAULT {FeedPosition.Whole},
                    last_at bigint NOT NULL DEFAULT 0);
                CREATE TABLE IF NOT EXISTS {schema}.service_inbox (
                    id uuid PRIMARY KEY, partition text NOT NULL, stream text NOT NULL, first_version integer NOT NULL, last_version integer NOT NULL,
                    rejection text NULL, handled_at timestamptz NOT NULL DEFAULT now());
                CREATE INDEX IF NOT EXISTS service_inbox_handled ON {schema}.service_inbox USING brin (handled_at);
                CREATE TABLE IF NOT EXISTS {schema}.service_quarantine (
                    id uuid PRIMARY KEY, partition text NOT NULL, kind text NOT NULL, content jsonb NOT NULL, reason text NOT NULL,
                    put_aside_at timestamptz NOT NULL DEFAULT now(), replayed_at timestamptz NULL);
                CREATE TABLE IF NOT EXISTS {schema}.service_deal (deal text PRIMARY KEY, offer text NOT NULL);
                CREATE TABLE IF NOT EXISTS {schema}.service_snapshot (
                    stream text PRIMARY KEY, build text NOT NULL, version integer NOT NULL, content bytea NOT NULL);
                CREATE TABLE IF NOT EXISTS {schema}.service_deadline (
                    stream text PRIMARY KEY, partition text NOT NULL, due bigint NOT NULL, command text NOT NULL);
                CREATE INDEX IF NOT EXISTS service_deadline_due ON {schema}.service_deadline (partition, due);
                CREATE TABLE IF NOT EXISTS {schema}.service_audit (
                    slot integer PRIMARY KEY, sequence bigint NOT NULL, auditor text NOT NULL, seen_at timestamptz NOT NULL DEFAULT now());
                CREATE TABLE IF NOT EXISTS {schema}.service_setting (name text PRIMARY KEY, value text NOT NULL);
                INSERT INTO {schema}.service_setting (name, value) SELECT '{BegunAt}', coalesce(max(seq_id), 0)::text FROM {schema}.mt_events ON CONFLICT DO NOTHING;
                COMMIT
                """);
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });
    }

    /// <summary>The last fact that was there when services first came to the store; 0 where it was empty.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static async Task<long> BegunAtAsync(NpgsqlDataSource database, CancellationToken cancellation = default) =>
        long.Parse(await FixAsync(database, BegunAt, "0", cancellation).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// The store's id, made when it is asked for the first time: what messages and queues of one store are known by, at a broker that serves several. A
    /// restored backup is a store of its own, with an id of its own: what waits for the one that was backed up is not for it.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>32 small hexadecimal digits.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static async Task<string> StoreIdAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await CreateAsync(database, cancellation: cancellation).ConfigureAwait(false);
        return await FixAsync(database, StoreSetting, Guid.NewGuid().ToString("N"), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Claims deals for offers: a deal belongs to the offer that asks first, in all partitions, before either has recorded anything.
    /// </summary>
    /// <param name="connection">A connection that is open and in no transaction.</param>
    /// <param name="wanted">Deals with the streams of their offers.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The offer that each deal belongs to.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task<Dictionary<string, string>> ClaimDealsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(string Deal, string Offer)> wanted, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ServerErrors.GuardAsync("deals were being claimed", async () =>
        {
            var offers = new Dictionary<string, string>(StringComparer.Ordinal);
            // In the order of their names, so that two partitions never wait for each other.
            foreach (var (deal, offer) in wanted.DistinctBy(one => one.Deal).OrderBy(one => one.Deal, StringComparer.Ordinal))
            {
                offers.Add(deal, offer);
            }

            var claimed = new HashSet<string>(StringComparer.Ordinal);
            await using (var claim = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    // A claim counts for nothing unless its order is committed, and that commit puts all before it on the disk, claims included.
                    new("SELECT set_config('synchronous_commit', 'off', true)"),
                    new($"INSERT INTO {Schemas.Default}.service_deal (deal, offer) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING RETURNING deal")
                    {
                        Parameters = { new() { Value = offers.Keys.ToArray() }, new() { Value = offers.Values.ToArray() } },
                    },
                },
            })
            await using (var rows = await claim.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
            {
                await rows.NextResultAsync(cancellation).ConfigureAwait(false);
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    claimed.Add(rows.GetString(0));
                }
            }

            string[] older = [.. offers.Keys.Where(deal => !claimed.Contains(deal))];
            if (older.Length > 0)
            {
                await using var read = new NpgsqlCommand(
                    $"""
                    SELECT found.deal, offer FROM unnest($1::text[]) AS wanted(deal)
                    CROSS JOIN LATERAL (SELECT * FROM {Schemas.Default}.service_deal AS claimed WHERE claimed.deal = wanted.deal LIMIT 1) AS found
                    """, connection);
                read.Parameters.Add(new() { Value = older });
                await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    offers[rows.GetString(0)] = rows.GetString(1);
                }
            }

            return offers;
        });
    }

    /// <summary>Forgets answers that were given long ago, some at a time.</summary>
    /// <param name="database">The database.</param>
    /// <param name="age">How old they are, more than zero.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>How many were forgotten; as many as 10,000 say that there may be more.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task<int> ForgetAnswersAsync(NpgsqlDataSource database, TimeSpan age, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero);
        return ServerErrors.GuardAsync("old answers were being forgotten", async () =>
        {
            await using var forget = database.CreateCommand(
                $"DELETE FROM {Schemas.Default}.service_inbox WHERE id IN (SELECT id FROM {Schemas.Default}.service_inbox WHERE handled_at < now() - $1 LIMIT 10000)");
            forget.Parameters.Add(new() { Value = age });
            return await forget.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });
    }

    /// <summary>Fixes a setting at its first use: every process of one store must have the same.</summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The setting.</param>
    /// <param name="value">The value wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The value in force: the one that came first.</returns>
    public static Task<string> FixAsync(NpgsqlDataSource database, string name, string value, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return ServerErrors.GuardAsync("a setting of the services was being read", async () =>
        {
            await using var fix = database.CreateCommand(
                $"INSERT INTO {Schemas.Default}.service_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = service_setting.value RETURNING value");
            fix.Parameters.Add(new() { Value = name });
            fix.Parameters.Add(new() { Value = value });
            return (string)(await fix.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        });
    }
}

/// <summary>How far a partition has handled the facts of others: all reactions to facts before a sequence, and of that fact those up to an index.</summary>
/// <param name="Sequence">The fact's place in the global order; 0 before the first.</param>
/// <param name="Index">Index of the last reaction to it that was handled, from 0; <see cref="Whole"/> for all of them.</param>
public readonly record struct FeedPosition(long Sequence, int Index) : IComparable<FeedPosition>
{
    /// <summary>The index behind every reaction to a fact.</summary>
    public const int Whole = int.MaxValue;

    /// <summary>Before the first fact.</summary>
    public static readonly FeedPosition Start = new(0, Whole);

    /// <summary>Behind all reactions to a fact.</summary>
    public static FeedPosition Behind(long sequence) => new(sequence, Whole);

    /// <inheritdoc />
    public int CompareTo(FeedPosition other) => Sequence != other.Sequence ? Sequence.CompareTo(other.Sequence) : Index.CompareTo(other.Index);

    /// <summary>Whether the left position is before the right one.</summary>
    public static bool operator <(FeedPosition left, FeedPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left position is behind the right one.</summary>
    public static bool operator >(FeedPosition left, FeedPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left position is not behind the right one.</summary>
    public static bool operator <=(FeedPosition left, FeedPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left position is not before the right one.</summary>
    public static bool operator >=(FeedPosition left, FeedPosition right) => left.CompareTo(right) >= 0;
}

/// <summary>A command that was handled, and how it ended: its answer can be given again.</summary>
/// <param name="Id">Id of the command's message.</param>
/// <param name="Stream">The stream of the facts recorded for it; of the one it was decided from, where there are none.</param>
/// <param name="FirstVersion">Version of the first of them; one more than the last where there are none.</param>
/// <param name="LastVersion">Version of the last of them.</param>
/// <param name="Rejection">Why it was refused; null when accepted.</param>
public sealed record InboxRow(Guid Id, string Stream, int FirstVersion, int LastVersion, string? Rejection);

/// <summary>A message that could not be handled and was put aside, so that the rest goes on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>command</c>, <c>reaction</c>, <c>foreign</c> for a message of another store, or <c>finding</c> of an auditor.</param>
/// <param name="Content">What it says, JSON.</param>
/// <param name="Reason">Why it could not be handled.</param>
public sealed record QuarantineRow(Guid Id, string Kind, string Content, string Reason);
