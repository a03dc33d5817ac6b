using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DataExchange.Catalogue.Importing;
using DataExchange.Cli.Commands;
using DataExchange.Domain;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>Reads a list of deals: every row is checked, and what is wrong with each is told.</summary>
/// <param name="venue">The venue of rows that name none.</param>
/// <param name="categories">Ids of the exchange's categories.</param>
internal sealed partial class DealListReader(string venue, IReadOnlyCollection<string> categories)
{
    /// <summary>What the purpose and the use scenario say where the list says nothing.</summary>
    public const string NotStated = "清单未载明";

    private const int MostText = 500;
    private const string IdPrefix = "LST";
    private const int IdDigits = 16;
    private const int AssumedHour = 9;
    private static readonly DateOnly FirstDay = new(1990, 1, 1);
    private static readonly DateOnly LastDay = new(2099, 12, 31);

    private readonly List<RowProblem> _problems = [];
    private readonly Dictionary<string, int> _deals = new(StringComparer.Ordinal);
    private readonly Dictionary<ProductId, (PartyId Provider, string Text, int Row)> _providers = [];

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="mappings">Columns that have titles of their own.</param>
    /// <exception cref="WrongInputException">It is no CSV, or lacks a column.</exception>
    public DealList Read(string text, IEnumerable<string> mappings)
    {
        try
        {
            var records = CsvRecords.Of(text).ToList();
            if (records.Count == 0)
            {
                throw new WrongInputException("the file is empty; a row of titles is needed");
            }

            var columns = DealColumns.Of(records[0].Cells, mappings);
            var rows = new List<DealRow>();
            foreach (var record in records.Skip(1))
            {
                if (record.Cells.Count != records[0].Cells.Count)
                {
                    _problems.Add(new RowProblem(record.Row, "", $"{record.Cells.Count} fields; the titles are {records[0].Cells.Count}"));
                }
                else if (Row(record, columns) is { } row)
                {
                    rows.Add(row);
                }
            }

            return new DealList(rows, _problems, records.Count - 1, columns.Ignored);
        }
        catch (CsvFormatException wrong)
        {
            throw new WrongInputException(wrong.Message);
        }
    }

    /// <summary>An id of a text: the text itself where it can be one, otherwise made from it.</summary>
    public static string IdOf(string text) => Id().IsMatch(text) ? text : IdPrefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];

    private DealRow? Row(CsvRecord record, DealColumns columns)
    {
        var before = _problems.Count;
        var product = Needed(DealColumns.Product);
        var provider = Needed(DealColumns.Provider);
        var buyer = Needed(DealColumns.Buyer);
        var at = Moment(record, columns);
        var amount = Amount(record, columns);
        var where = Word(DealColumns.Venue, venue, "small letters, digits and hyphens, at most 32, the first a letter", text => VenueName().IsMatch(text) ? text : null);
        var deal = Word(DealColumns.Deal, $"D{record.Row - 1:000000}", "letters, digits, hyphens and underscores, at most 64, the first a letter or digit", text => Id().IsMatch(text) ? text : null);
        var category = Word(
            DealColumns.Category, SubjectCategories.Other, $"one of {string.Join(", ", categories.Append(SubjectCategories.Other).Distinct().Order(StringComparer.Ordinal))}",
            text => categories.Contains(text) || text == SubjectCategories.Other ? text : null);
        var form = Of<ProductForm>(DealColumns.Form) ?? ProductForm.Dataset;
        var security = Of(DealColumns.SecurityClass, SecurityClass.Core) ?? SecurityClass.General;
        var channel = Of<TradeChannel>(DealColumns.Channel);
        Word(DealColumns.Quantity, "1", "a whole number from 1", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? text : null);
        string[] texts = [.. ((string[])[DealColumns.Title, DealColumns.TitleEn, DealColumns.ProviderName, DealColumns.BuyerName, DealColumns.Purpose]).Select(Free)];
        if (_problems.Count == before)
        {
            CheckOthers(record.Row, columns, deal, product, provider, buyer);
        }

        if (_problems.Count > before)
        {
            return null;
        }

        var title = texts[0].Length > 0 ? texts[0] : product;
        return new DealRow(
            record.Row, new DealId(deal), at, new VenueId(where), new ProductId(IdOf(product)), product, title, texts[1].Length > 0 ? texts[1] : title,
            new PartyId(IdOf(provider)), texts[2].Length > 0 ? texts[2] : provider, new PartyId(IdOf(buyer)), texts[3].Length > 0 ? texts[3] : buyer, amount, category, form,
            security, channel, texts[4].Length > 0 ? texts[4] : NotStated);

        string Needed(string name) => Word(name, null, $"a text of 1 to {MostText} characters", text => IsText(text) ? text : null);

        string Free(string name) => Word(name, "", $"at most {MostText} characters without line feeds", text => IsText(text) ? text : null);

        string Word(string name, string? absent, string allowed, Func<string, string?> parse)
        {
            var text = columns.Text(name, record.Cells);
            if (text.Length == 0 && absent is not null)
            {
                return absent;
            }

            if (parse(text) is { } value)
            {
                return value;
            }

            _problems.Add(new RowProblem(record.Row, columns.TitleOf(name), $"'{Cut(text)}' is not allowed: {allowed}"));
            return "";
        }

        T? Of<T>(string name, params T[] forbidden)
            where T : struct, Enum
        {
            T[] allowed = [.. Enum.GetValues<T>().Except(forbidden)];
            var word = Word(
                name, "", $"one of {string.Join(", ", allowed)}",
                text => Array.FindIndex(allowed, one => one.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found ? allowed[found].ToString() : null);
            return Enum.TryParse<T>(word, out var value) && word.Length > 0 ? value : null;
        }
    }

    // What a row must not say after those before it.
    private void CheckOthers(int row, DealColumns columns, string deal, string product, string provider, string buyer)
    {
        if (IdOf(provider) == IdOf(buyer))
        {
            _problems.Add(new RowProblem(row, columns.TitleOf(DealColumns.Buyer), $"'{Cut(buyer)}' is not allowed: another than the provider"));
            return;
        }

        if (_providers.TryGetValue(new ProductId(IdOf(product)), out var known) && known.Provider != new PartyId(IdOf(provider)))
        {
            _problems.Add(new RowProblem(
                row, columns.TitleOf(DealColumns.Provider), $"'{Cut(provider)}' is not allowed: {Cut(product)} is sold by '{Cut(known.Text)}' in row {known.Row}, and a product has one provider"));
            return;
        }

        if (!_deals.TryAdd(deal, row))
        {
            _problems.Add(new RowProblem(row, columns.Has(DealColumns.Deal) ? columns.TitleOf(DealColumns.Deal) : "", $"'{deal}' is not allowed: it is the deal of row {_deals[deal]}"));
            return;
        }

        _providers.TryAdd(new ProductId(IdOf(product)), (new PartyId(IdOf(provider)), provider, row));
    }

    private SimulatedTime Moment(CsvRecord record, DealColumns columns)
    {
        var text = columns.Text(DealColumns.RegisteredAt, record.Cells);
        if (MomentOf(text) is { } at && at.Date >= FirstDay && at.Date <= LastDay)
        {
            return at;
        }

        _problems.Add(new RowProblem(
            record.Row, columns.TitleOf(DealColumns.RegisteredAt),
            $"'{Cut(text)}' is not allowed: a date, or a date and time in China or with its offset, from {FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}, such as 2025-03-31, 2025-03-31T09:30:00 or 2025-03-31T01:30:00Z"));
        return default;
    }

    // A date alone does not say when: nine in the morning is assumed.
    private static SimulatedTime? MomentOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day >= FirstDay ? SimulatedTime.On(day, AssumedHour * 3_600) : null
            : CommonOptions.TryMoment(text, out var local) ? local
            : DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length)
                ? new SimulatedTime(moment.ToUnixTimeSeconds())
            : null;

    private long Amount(CsvRecord record, DealColumns columns)
    {
        var name = columns.Has(DealColumns.AmountYuan) ? DealColumns.AmountYuan : DealColumns.AmountFen;
        var text = columns.Text(name, record.Cells);
        var unit = name == DealColumns.AmountYuan ? 100 : 1;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= (decimal)Money.MostFen / unit && amount * unit is var fen
            && fen == decimal.Truncate(fen) && Money.IsAmount((long)fen))
        {
            return (long)fen;
        }

        _problems.Add(new RowProblem(
            record.Row, columns.TitleOf(name), $"'{Cut(text)}' is not allowed: {(unit == 100 ? "yuan above 0 with at most two decimals, at most 10000000000000" : "whole fen from 1 to 1000000000000000")}"));
        return 0;
    }

    private static bool IsText(string text) => text.Length is > 0 and <= MostText && !text.Any(char.IsControl);

    private static string Cut(string text) => text.Length > 60 ? text[..60] + "…" : text;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex VenueName();
}
