using System.Text;
using DataExchange.Domain;
using Npgsql;

namespace DataExchange.Gateway.Access;

/// <summary>The keys that the first start makes: there must be one to give others with.</summary>
internal static class FirstKeys
{
    /// <summary>The parties to try it out as, one a role but the administrator's.</summary>
    private static readonly (string Party, Role Role)[] Demo =
    [
        ("demo-provider", Role.Provider), ("demo-buyer", Role.Buyer), ("demo-assessor", Role.Assessor), ("venue-demo", Role.Venue), ("demo-regulator", Role.Regulator),
        ("demo-auditor", Role.Auditor),
    ];

    /// <summary>Makes them, where there is no administrator yet. One gateway at a time: of several that start, one makes the keys.</summary>
    internal static async Task MakeAsync(NpgsqlDataSource database, ApiKeys keys, GatewayOptions options, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var alone = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('dataexchange first administrator'))", connection))
        {
            await take.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        if (await keys.HasAdministratorAsync(cancellation).ConfigureAwait(false))
        {
            return;
        }

        // The administrator's last: what did not get so far is made again.
        if (options.WithDemoKeys)
        {
            foreach (var (party, role) in Demo)
            {
                await MakeAsync(keys, options.KeyFolder, party, role, cancellation).ConfigureAwait(false);
            }

            options.Note($"Keys to try it out with are in '{options.KeyFolder}': {string.Join(", ", Demo.Select(one => FileOf(one.Party)))}. docs/gateway.md begins with them.");
        }

        var path = await MakeAsync(keys, options.KeyFolder, "administrator", Role.Administrator, cancellation).ConfigureAwait(false);
        options.Note($"The first administrator's key is in '{path}': keep it elsewhere and remove the file.");
    }

    // The file first: a key that is good and that nobody has could not be replaced.
    private static async Task<string> MakeAsync(ApiKeys keys, string folder, string party, Role role, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileOf(party));
        await keys.IssueAsync(new PartyId(party), role, cancellation, key =>
        {
            File.Delete(path);
            Private.Write(path, Encoding.ASCII.GetBytes(key.Text + "\n"));
        }).ConfigureAwait(false);
        return path;
    }

    private static string FileOf(string party) => $"{party}.key";
}
