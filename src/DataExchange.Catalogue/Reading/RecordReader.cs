using System.Globalization;

namespace DataExchange.Catalogue.Reading;

/// <summary>Reads one record: what it says, and what was odd about it.</summary>
internal sealed class RecordReader
{
    /// <summary>Most characters of a title; longer ones are cut.</summary>
    internal const int MostTitle = 300;

    /// <summary>Most characters of a description.</summary>
    internal const int MostDescription = 4_000;

    /// <summary>Most characters of an identifier, a name, an address.</summary>
    internal const int MostName = 500;

    private const int MostValues = 200;
    private const int MostShown = 80;

    private static readonly string[] OpenWords = ["public", "open", "公开", "无条件开放"];
    private static readonly string[] ClosedWords =
        ["restricted public", "restricted", "non-public", "non_public", "nonpublic", "private", "confidential", "sensitive", "closed", "受限", "非公开", "有条件开放", "不予开放"];

    private readonly Node _node;
    private readonly Node? _catalogue;
    private readonly List<Note> _notes = [];

    private RecordReader(Node node, Node? catalogue) => (_node, _catalogue) = (node, catalogue);

    internal static CatalogueRecord Read(Entry entry, int number, NodeIndex index)
    {
        if (entry.Unusable is { } reason)
        {
            return new CatalogueRecord
            {
                Number = number,
                Unusable = reason,
                Identifier = Shown(Texts.OfScalar(entry.Element) ?? NodeIndex.IdOf(entry.Element, index.Names) ?? ""),
            };
        }

        return new RecordReader(new Node(entry.Element, index), entry.Catalogue).Read(number);
    }

    private CatalogueRecord Read(int number)
    {
        var identifier = Identifier();
        var (title, titleEn) = Both(_node.TextsOf("title", "name", "label"), "title", MostTitle, NoteCode.TitleCut);
        if (Text("dx:titleEn") is { Length: > 0 } english)
        {
            titleEn = english;
        }

        if (title.Length == 0 && titleEn.Length == 0)
        {
            if (identifier.Length == 0)
            {
                return new CatalogueRecord { Number = number, Unusable = Unusable.NothingToNameItBy, Notes = _notes };
            }

            Note(NoteCode.TitleAssumed, "title", identifier);
            title = titleEn = Clean(identifier, "title", MostTitle, null);
        }
        else if (title.Length == 0 || titleEn.Length == 0)
        {
            Note(NoteCode.TitleNotTranslated, "title", title + titleEn);
            (title, titleEn) = title.Length == 0 ? (titleEn, titleEn) : (title, title);
        }

        if (identifier.Length == 0)
        {
            Note(NoteCode.IdentifierMissing, "identifier", "");
        }

        var own = Own();
        var description = Description();
        var publisher = PublisherReader.Read(_node, _catalogue, Clean);
        if (publisher.IsAssumed)
        {
            Note(NoteCode.PublisherAssumed, "publisher", publisher.NameEn);
        }

        var fields = new FieldReader(_node, Note, Clean);
        return new CatalogueRecord
        {
            Number = number,
            Identifier = identifier,
            Title = title,
            TitleEn = titleEn,
            Description = description,
            Publisher = publisher.Name,
            PublisherEn = publisher.NameEn,
            PublisherAsNamed = publisher.IsAssumed ? "" : publisher.Name,
            Purpose = Clean(own.UseScenario ?? First("usescenario", "purpose", "usagescenario"), "purpose", MostName, null),
            Subjects = fields.Subjects(),
            Types = [.. _node.Types.Order(StringComparer.Ordinal)],
            IsPublic = Access(),
            Distributions = fields.Distributions(),
            Others = fields.Others(),
            Own = own,
            Notes = _notes,
        };
    }

    private string Identifier()
    {
        foreach (var text in _node.TextsOf("identifier").Select(text => text.Value).Append(_node.Id ?? "").Concat(_node.TextsOf("id", "uri").Select(text => text.Value)))
        {
            var clean = Clean(text, "identifier", int.MaxValue / 32, null);
            if (clean.Length > 0 && !clean.StartsWith("_:", StringComparison.Ordinal))
            {
                return clean;
            }
        }

        return "";
    }

    private string Description()
    {
        var texts = _node.TextsOf("description", "notes", "abstract");
        var chosen = texts.FirstOrDefault(text => text.Language.StartsWith("zh", StringComparison.Ordinal)) is { Value: { } zh } ? zh
            : texts.FirstOrDefault(text => text.Language.StartsWith("en", StringComparison.Ordinal)) is { Value: { } en } ? en
            : texts.Count > 0 ? texts[0].Value : "";
        var clean = Clean(chosen, "description", MostDescription, null);
        if (clean.Length == 0)
        {
            Note(NoteCode.DescriptionMissing, "description", "");
        }

        return clean;
    }

    // Without a language Chinese characters tell. Of other languages the first stands for English, whose readers are likelier to guess it.
    private (string Zh, string En) Both(IReadOnlyList<TaggedText> texts, string field, int most, NoteCode? cut)
    {
        var (zh, en) = PublisherReader.Split(texts);
        return (Clean(zh, field, most, cut), Clean(en, field, most, cut));
    }

    private bool? Access()
    {
        var texts = _node.TextsOf("accesslevel", "accessrights", "access_rights");
        if (texts.Count == 0)
        {
            Note(NoteCode.AccessLevelAssumed, "accessLevel", "");
            return null;
        }

        foreach (var text in texts)
        {
            var word = text.Value.Split('/', '#')[^1].Trim().ToLowerInvariant();
            if (OpenWords.Contains(word) || ClosedWords.Contains(word))
            {
                return OpenWords.Contains(word);
            }
        }

        Note(NoteCode.AccessLevelUnknown, "accessLevel", texts[0].Value);
        return false;
    }

    private OwnFields Own() => new(
        Text("dx:form"), Text("dx:category"), Text("dx:subTrack"), Text("dx:securityClass"), Flag("dx:isPublicData"), Flag("dx:containsPersonalInformation"),
        Text("dx:useScenario"), Text("dx:fingerprint"));

    private string? Text(string name) => _node.TextsOf(name) is [var text, ..] ? Clean(text.Value, name, MostName, null) : null;

    private bool? Flag(string name) => Text(name) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private string First(params ReadOnlySpan<string> names) => _node.TextsOf(names) is [var text, ..] ? text.Value : "";

    private string Clean(string text, string field, int most, NoteCode? cut)
    {
        var clean = PlainText.Clean(text, most, out var hadMarkup, out var hadControl, out var wasCut);
        if (hadMarkup)
        {
            Note(NoteCode.MarkupRemoved, field, "");
        }

        if (hadControl)
        {
            Note(NoteCode.ControlCharactersRemoved, field, "");
        }

        if (wasCut && cut is { } code)
        {
            Note(code, field, text.Length.ToString(CultureInfo.InvariantCulture));
        }

        return clean;
    }

    private void Note(NoteCode code, string field, string value)
    {
        if (_notes.Count < MostValues && !_notes.Exists(note => note.Code == code && note.Field == field))
        {
            _notes.Add(new Note(code, field, Shown(value)));
        }
    }

    private static string Shown(string value) => PlainText.Clean(value, MostShown, out _, out _, out _);
}
