using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>Which column of a file holds what.</summary>
internal sealed class DealColumns
{
    public const string RegisteredAt = "registered_at";
    public const string Product = "product";
    public const string Provider = "provider";
    public const string Buyer = "buyer";
    public const string AmountYuan = "amount_yuan";
    public const string AmountFen = "amount_fen";
    public const string Deal = "deal";
    public const string Venue = "venue";
    public const string Title = "title";
    public const string TitleEn = "title_en";
    public const string ProviderName = "provider_name";
    public const string BuyerName = "buyer_name";
    public const string Category = "category";
    public const string Form = "form";
    public const string SecurityClass = "security_class";
    public const string Channel = "channel";
    public const string Quantity = "quantity";
    public const string Purpose = "purpose";

    private static readonly string[] Needed = [RegisteredAt, Product, Provider, Buyer];

    private readonly Dictionary<string, (int Place, string Title)> _places = new(StringComparer.Ordinal);

    private DealColumns()
    {
    }

    /// <summary>All columns that can be used.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Needed, AmountYuan, AmountFen, Deal, Venue, Title, TitleEn, ProviderName, BuyerName, Category, Form, SecurityClass, Channel, Quantity, Purpose,
    ];

    /// <summary>Columns of the file that are not used.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>Finds the columns by their titles.</summary>
    /// <param name="titles">The titles of the file.</param>
    /// <param name="mappings">Column, equals sign, title in the file: for files with titles of their own.</param>
    /// <exception cref="WrongInputException">A column that is needed is missing, a title stands twice, or a mapping names what there is not.</exception>
    public static DealColumns Of(IReadOnlyList<string> titles, IEnumerable<string> mappings)
    {
        var columns = new DealColumns();
        string[] trimmed = [.. titles.Select(title => title.Trim())];
        if (trimmed.GroupBy(title => title, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new WrongInputException($"row 1: the title '{twice.Key}' stands {twice.Count()} times; once is allowed");
        }

        foreach (var mapping in mappings)
        {
            var sign = mapping.IndexOf('=', StringComparison.Ordinal);
            var (name, title) = sign < 0 ? (mapping, "") : (mapping[..sign], mapping[(sign + 1)..]);
            if (sign < 0 || !All.Contains(name))
            {
                throw new WrongInputException($"--column '{mapping}' is not allowed: NAME=TITLE with a NAME of {string.Join(", ", All)}");
            }

            if (Array.IndexOf(trimmed, title) is var place && place < 0)
            {
                throw new WrongInputException($"--column '{mapping}' is not allowed: the file's titles are {string.Join(", ", trimmed)}");
            }

            columns._places[name] = (place, title);
        }

        for (var place = 0; place < trimmed.Length; place++)
        {
            if (All.FirstOrDefault(name => name.Equals(trimmed[place], StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                columns._places.TryAdd(name, (place, trimmed[place]));
            }
        }

        if (Needed.FirstOrDefault(name => !columns.Has(name)) is { } missing)
        {
            throw new WrongInputException($"row 1: no column {missing}; needed are {string.Join(", ", Needed)} and one of {AmountYuan}, {AmountFen} (docs/replay.md); --column {missing}=TITLE says which it is");
        }

        if (columns.Has(AmountYuan) == columns.Has(AmountFen))
        {
            throw new WrongInputException($"row 1: {(columns.Has(AmountYuan) ? "both" : "none")} of {AmountYuan} and {AmountFen}; one is needed");
        }

        columns.Ignored = [.. trimmed.Where((_, place) => columns._places.Values.All(known => known.Place != place))];
        return columns;
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string name) => _places.ContainsKey(name);

    /// <summary>The title that a column has in the file.</summary>
    public string TitleOf(string name) => _places[name].Title;

    /// <summary>The trimmed text of a column in a row; empty where there is none.</summary>
    public string Text(string name, IReadOnlyList<string> cells) => _places.TryGetValue(name, out var found) && found.Place < cells.Count ? cells[found.Place].Trim() : "";
}
