using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Trust.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>Proves facts of a store under the latest signed heads.</summary>
internal static class LogProofs
{
    /// <summary>Proves a fact.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="fact">The fact, where it stands in its log.</param>
    /// <param name="head">The latest signed head of that log.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The proof; null when the head does not cover the fact.</returns>
    public static async Task<LogProof?> OfAsync(NpgsqlDataSource database, LoggedFact fact, StoredLogHead head, CancellationToken cancellation)
    {
        if (fact.Leaf >= head.Checkpoint.Size)
        {
            return null;
        }

        var path = await new StoredLogs(database).ProofsOf(fact.Venue, head.Checkpoint.Size).ProveInclusionAsync(fact.Leaf, head.Checkpoint.Size, cancellation).ConfigureAwait(false);
        var key = await LogLookup.KeyAsync(database, fact.Venue, KeyIds(head), cancellation).ConfigureAwait(false);
        return new LogProof(
            LogProof.CurrentFormat, head.Checkpoint.Origin, fact.Venue, fact.Leaf, fact.Entry,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fact.Entry))), [.. path.Select(hash => hash.ToString())],
            head.Note.ToString(), key?.PublicKey ?? "");
    }

    /// <summary>Ids of the keys that have signed a head.</summary>
    public static HashSet<string> KeyIds(StoredLogHead head) => [.. head.Note.Signatures.Select(signature => signature.KeyId.ToString("x8", CultureInfo.InvariantCulture))];
}
