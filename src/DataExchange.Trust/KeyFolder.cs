using System.Globalization;
using System.Security.Cryptography;
using DataExchange.MerkleLog;

namespace DataExchange.Trust;

/// <summary>
/// Keys in a folder: <c>VENUE.pem</c> for the first key of a venue, <c>VENUE.1.pem</c> for the next, and so on, each a private key on P-256 (PKCS #8 or
/// SEC 1, as OpenSSL writes them); and <c>origin</c>, one line that the logs' names begin with, such as <c>log.example.org</c>.
/// </summary>
internal sealed class KeyFolder : VenueKeys
{
    private const string OriginFile = "origin";
    private readonly string _folder;
    private readonly string _prefix;

    internal KeyFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
        var file = Path.Combine(folder, OriginFile);
        if (!Directory.Exists(folder) || !File.Exists(file))
        {
            throw new VenueKeyException(
                $"'{file}' is missing: the folder of keys needs it, one line that the names of the logs begin with, such as log.example.org.");
        }

        _prefix = File.ReadAllText(file).Trim();
        if (!NoteKey.IsName(_prefix))
        {
            throw new VenueKeyException($"'{file}' says '{_prefix}': one name is needed, without white space and plus signs, such as log.example.org.");
        }
    }

    public override string Origin(string venue) => $"{_prefix}/{venue}";

    public override bool Has(string venue, int generation) => File.Exists(FileOf(venue, generation));

    private string FileOf(string venue, int generation) =>
        Path.Combine(_folder, generation == 0 ? $"{venue}.pem" : string.Create(CultureInfo.InvariantCulture, $"{venue}.{generation}.pem"));

    protected override VenueKey Make(string venue, int generation)
    {
        var file = FileOf(venue, generation);
        if (!File.Exists(file))
        {
            throw new VenueKeyException(
                $"'{file}' is missing: it is key {generation} of venue {venue}; make one with 'openssl ecparam -name prime256v1 -genkey -noout -out {file}'.");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            _ = key.ExportParameters(includePrivateParameters: true);
            return new VenueKey(venue, generation, Origin(venue), key, isThrowAway: false);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new VenueKeyException($"'{file}' is no private key on the curve P-256 in PEM without a password: {wrong.Message}", wrong);
        }
    }
}
