namespace DataExchange.Catalogue.Reading;

/// <summary>Who publishes a record.</summary>
/// <param name="Name">Name in Chinese; empty when nobody is named.</param>
/// <param name="NameEn">Name in English; empty when nobody is named.</param>
/// <param name="IsAssumed">Whether the record itself names no publisher.</param>
internal readonly record struct Publisher(string Name, string NameEn, bool IsAssumed);

/// <summary>Cleans a text of a field to so many characters, and notes a cut.</summary>
internal delegate string Cleaner(string text, string field, int most, NoteCode? cut);

/// <summary>Finds out who publishes a record: the record says it, else its creator, contact or catalogue stands for it.</summary>
internal static class PublisherReader
{
    internal static Publisher Read(Node record, Node? catalogue, Cleaner clean)
    {
        if (Of(record, clean, "publisher", "organization") is { } named)
        {
            return named;
        }

        return (Of(record, clean, "creator", "author") ?? Of(record, clean, "contactpoint", "maintainer")
            ?? (catalogue is null ? null : Of(catalogue, clean, "publisher", "organization")) ?? new Publisher("", "", true)) with
        {
            IsAssumed = true,
        };
    }

    /// <summary>A text in Chinese and one in English; empty where there is none.</summary>
    internal static (string Zh, string En) Split(IReadOnlyList<TaggedText> texts)
    {
        string? Tagged(string language) => texts.FirstOrDefault(text => text.Language.StartsWith(language, StringComparison.Ordinal)).Value;
        var untagged = texts.Where(text => text.Language.Length == 0).Select(text => text.Value).ToArray();
        var zh = Tagged("zh") ?? Array.Find(untagged, HasChinese) ?? "";
        var en = Tagged("en") ?? Array.Find(untagged, text => !HasChinese(text))
            ?? texts.FirstOrDefault(text => text.Language.Length > 0 && !text.Language.StartsWith("zh", StringComparison.Ordinal)).Value ?? "";
        return (zh, en);
    }

    private static Publisher? Of(Node node, Cleaner clean, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var (zh, en) = Split(node.TextsOf(name));
            // Our own data.json has the English name beside the Chinese one.
            if (node.Nodes(name).FirstOrDefault()?.TextsOf("dx:nameEn") is [var english, ..])
            {
                en = english.Value;
            }

            (zh, en) = (clean(zh, name, RecordReader.MostName, null), clean(en, name, RecordReader.MostName, null));
            if (zh.Length > 0 || en.Length > 0)
            {
                return new Publisher(zh.Length > 0 ? zh : en, en.Length > 0 ? en : zh, false);
            }
        }

        return null;
    }

    private static bool HasChinese(string text) => text.Any(c => c is >= '\u3400' and <= '\u9FFF');
}
