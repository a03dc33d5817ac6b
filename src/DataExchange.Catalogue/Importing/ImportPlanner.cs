using System.Security.Cryptography;
using System.Text;
using DataExchange.Catalogue.Reading;
using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Catalogue.Importing;

/// <summary>What is to be asked of the exchange for a record.</summary>
/// <param name="Provider">Registers its publisher.</param>
/// <param name="Product">Registers its product.</param>
/// <param name="Notes">What was odd and assumed.</param>
public sealed record RecordPlan(RegisterParty Provider, RegisterProduct Product, IReadOnlyList<Note> Notes);

/// <summary>
/// Makes of the records of one catalogue what is to be asked of the exchange. Ids follow from what the records say: the same catalogue gives the same ids,
/// the same publisher is the same party. They begin with <c>IMP</c>, as no simulated ones do.
/// </summary>
/// <param name="catalogue">SHA-256 of the file, hexadecimal.</param>
/// <param name="format">What the file was read as, <see cref="ReadCatalogue.Format"/>.</param>
/// <param name="venue">The venue that takes the applications.</param>
/// <param name="at">Their time.</param>
/// <param name="categories">The exchange's categories.</param>
/// <param name="subTracks">Ids of the sub-tracks that products may have.</param>
/// <param name="isKnown">Whether the exchange has a product: a record with the handle of one is that product.</param>
public sealed class ImportPlanner(
    string catalogue, string format, VenueId venue, SimulatedTime at, SubjectCategories categories, IReadOnlySet<string> subTracks, Func<ProductId, bool> isKnown)
{
    private const string ProductPrefix = "IMP";
    private const string PartyPrefix = "IMPP";
    private const int IdDigits = 16;
    private const int MostScenario = 500;
    private const int MostStored = 500;

    private static readonly string HandlePrefix = Handle.OfProduct(new ProductId("")).Value;
    private readonly string _format = format.StartsWith("CKAN", StringComparison.Ordinal) ? "ckan" : format.StartsWith("DCAT-US", StringComparison.Ordinal) ? "data.json" : "dcat";
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>What is to be asked for a record.</summary>
    /// <param name="record">The record, usable; each once, in the order of the file.</param>
    public RecordPlan Plan(CatalogueRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        List<Note> notes = [.. record.Notes];
        var fingerprint = record.Own.Fingerprint;
        if (RecordFingerprint.IsOne(fingerprint))
        {
            notes.Add(new Note(NoteCode.FingerprintTaken, "dx:fingerprint", fingerprint!));
        }
        else
        {
            fingerprint = RecordFingerprint.Of(record);
        }

        var product = ProductOf(record, fingerprint!, notes);
        var (name, nameEn) = record.Publisher.Length > 0 ? (record.Publisher, record.PublisherEn) : ("未具名的发布者", "Publisher not named");
        var provider = new PartyId(PartyPrefix + Digits(name.ToLowerInvariant()));
        var category = categories.Of(record, out var isAssumed);
        if (isAssumed)
        {
            notes.Add(new Note(NoteCode.CategoryAssumed, "theme", record.Subjects is [var first, ..] ? Cut(first) : ""));
        }

        return new RecordPlan(
            new RegisterParty(provider, name, nameEn, PartyRole.Provider, null) { At = at, By = provider },
            new RegisterProduct(
                product, provider, venue, record.Title, record.TitleEn, ProductForms.Of(record), category,
                record.Own.SubTrack is { } track && subTracks.Contains(track) ? track : "", SecurityOf(record), record.Own.ContainsPersonalInformation ?? false,
                record.Own.IsPublicData ?? false, ScenarioOf(record, notes), fingerprint!, false)
            {
                At = at,
                By = provider,
                Source = new ProductSource(catalogue, record.Number, Cut(record.Identifier), record.PublisherAsNamed, _format),
            },
            notes);
    }

    // By the identifier; where records of one file share it, by their content too, and where even that is the same, by how many came before.
    private ProductId ProductOf(CatalogueRecord record, string fingerprint, List<Note> notes)
    {
        var key = record.Identifier.Length > 0 ? "identifier\n" + record.Identifier : "content\n" + fingerprint;
        if (_keys.Add(key))
        {
            return Known(record.Identifier) ?? new ProductId(ProductPrefix + Digits(key));
        }

        if (record.Identifier.Length > 0)
        {
            notes.Add(new Note(NoteCode.IdentifierRepeated, "identifier", Cut(record.Identifier)));
        }

        var content = $"{key}\n{fingerprint}";
        var repeated = content;
        for (var before = 1; !_keys.Add(repeated); before++)
        {
            repeated = $"{content}\n{before}";
        }

        return new ProductId(ProductPrefix + Digits(repeated));
    }

    private ProductId? Known(string identifier)
    {
        if (!identifier.StartsWith(HandlePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var product = new ProductId(identifier[HandlePrefix.Length..]);
        return isKnown(product) ? product : null;
    }

    private static SecurityClass SecurityOf(CatalogueRecord record) =>
        ProductForms.Parse<SecurityClass>(record.Own.SecurityClass) ?? (record.IsPublic == false ? SecurityClass.Important : SecurityClass.General);

    private static string ScenarioOf(CatalogueRecord record, List<Note> notes)
    {
        if (record.Purpose.Length > 0)
        {
            return record.Purpose;
        }

        if (record.Description.Length > 0)
        {
            notes.Add(new Note(NoteCode.UseScenarioAssumed, "description", ""));
        }

        return PlainText.Clean(record.Description, MostScenario, out _, out _, out _);
    }

    private static string Cut(string text) => PlainText.Clean(text, MostStored, out _, out _, out _);

    private static string Digits(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];
}
