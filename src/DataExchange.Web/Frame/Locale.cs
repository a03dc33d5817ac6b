using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using DataExchange.Reports.Words;

namespace DataExchange.Web.Frame;

/// <summary>A language of the pages: their words, and how amounts, counts and dates are written in it.</summary>
public sealed class Locale
{
    private const double Wan = 1e4;
    private const double Yi = 1e8;
    private const double Million = 1e6;
    private const double Billion = 1e9;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly FrozenDictionary<string, string> _words;

    private Locale(string code, string htmlLanguage)
    {
        (Code, HtmlLanguage) = (code, htmlLanguage);
        var assembly = typeof(Locale).Assembly;
        // words/en.json has those of the frame and of what shows the market; each part that is one by itself brings its own, words/lessons-en.json.
        _words = assembly.GetManifestResourceNames()
            .Where(name => name == $"words/{code}.json" || (name.StartsWith("words/", StringComparison.Ordinal) && name.EndsWith($"-{code}.json", StringComparison.Ordinal)))
            .SelectMany(name => Read(assembly, name)).ToDictionary(StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Chinese.</summary>
    public static Locale Zh { get; } = new("zh", "zh-CN");

    /// <summary>English.</summary>
    public static Locale En { get; } = new("en", "en");

    /// <summary><c>zh</c> or <c>en</c>: the first part of a page's path.</summary>
    public string Code { get; }

    /// <summary>The language for HTML.</summary>
    public string HtmlLanguage { get; }

    /// <summary>The other language.</summary>
    public Locale Other => this == Zh ? En : Zh;

    /// <summary>Between the members of a list.</summary>
    public string Comma => this == Zh ? "、" : ", ";

    /// <summary>Between a name and what is said of it.</summary>
    public string Colon => this == Zh ? "：" : ": ";

    /// <summary>The words by key.</summary>
    public IReadOnlyDictionary<string, string> Words => _words;

    /// <summary>Some words.</summary>
    /// <param name="key">Their key in the resource files.</param>
    /// <exception cref="KeyNotFoundException">There are none: a test finds it.</exception>
    public string this[string key] => _words.TryGetValue(key, out var words) ? words : throw new KeyNotFoundException($"No words in {Code} for '{key}'.");

    /// <summary>Some words with values in them.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="values">What stands for {0}, {1} and so on.</param>
    public string With(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A text in this language.</summary>
    /// <param name="text">The text.</param>
    public string Of(Text text) => this == Zh ? text.Zh : text.En;

    /// <summary>An exact amount: ¥1,234.50.</summary>
    /// <param name="fen">Fen.</param>
    public static string Exact(long fen)
    {
        var size = Math.Abs((decimal)fen) / 100;
        return (fen < 0 ? "−¥" : "¥") + size.ToString("N2", CultureInfo.InvariantCulture);
    }

    /// <summary>An amount as the eye takes it in: 93.12 亿元, 4.5 万元, ¥860; ¥9.31 bn, ¥45.0 k.</summary>
    /// <param name="fen">Fen.</param>
    public string Amount(long fen)
    {
        var yuan = fen / 100d;
        var size = Math.Abs(yuan);
        var sign = fen < 0 ? "−" : "";
        return this == Zh
            ? size >= Yi ? $"{sign}{Round(size / Yi)} 亿元" : size >= Wan ? $"{sign}{Round(size / Wan)} 万元" : Exact(fen)
            : size >= Billion ? $"{sign}¥{Round(size / Billion)} bn" : size >= Million ? $"{sign}¥{Round(size / Million)} M" : size >= Wan ? $"{sign}¥{Round(size / 1e3)} k" : Exact(fen);
    }

    /// <summary>A count with separators.</summary>
    /// <param name="number">The count.</param>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 10,000 as per cent.</summary>
    /// <param name="basisPoints">1/10,000.</param>
    public static string Percent(long basisPoints) => ((decimal)basisPoints / 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>A day: 2025年3月1日, 1 Mar 2025.</summary>
    /// <param name="day">The day.</param>
    public string Date(DateOnly day) => this == Zh
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day of a moment, in China.</summary>
    /// <param name="moment">The moment.</param>
    public string Date(DateTimeOffset moment) => Date(DateOnly.FromDateTime(moment.ToOffset(China).DateTime));

    /// <summary>A moment to the minute, in China.</summary>
    /// <param name="moment">The moment.</param>
    public string Time(DateTimeOffset moment) => Date(moment) + moment.ToOffset(China).ToString(" HH:mm", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
    }

    private static string Round(double number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
