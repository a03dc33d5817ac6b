using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>The accounts of the market: opened on first use, numbered from 1 in that order, each with class, commodity and limit by its name.</summary>
public sealed class ChartOfAccounts
{
    private readonly DoubleEntryLedger _book;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _products = [];

    internal ChartOfAccounts(DoubleEntryLedger book) => _book = book;

    /// <summary>How many accounts are open.</summary>
    public int Count => _book.Accounts.Length;

    /// <summary>Name of the account that takes the results of closed years.</summary>
    public const string Results = "equity:results";

    /// <summary>Names of the accounts, in the order in which they were opened.</summary>
    public IReadOnlyCollection<string> Names => _numbers.Keys;

    /// <summary>The number of an account.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">From 1.</param>
    public bool TryFind(string name, out long number) => _numbers.TryGetValue(name, out number);

    /// <summary>The product whose licence units a commodity counts; null for money.</summary>
    public string? ProductOf(Commodity commodity) => commodity.Product == 0 ? null : _products[(int)commodity.Product - 1];

    /// <summary>
    /// The class and limit that a money account has by what stands before the first colon. The memorandum of filed contracts is money that never
    /// was at the venue: equity, so that it touches no result.
    /// </summary>
    internal static bool TryClassify(ReadOnlySpan<char> name, out AccountClass @class, out AccountLimit limit)
    {
        var root = name[..Math.Max(0, name.IndexOf(':'))];
        (var isKnown, @class, limit) = root switch
        {
            "assets" => (true, AccountClass.Asset, AccountLimit.NeverOverdrawn),
            "liabilities" => (true, AccountClass.Liability, AccountLimit.NeverOverdrawn),
            "income" => (true, AccountClass.Income, AccountLimit.None),
            "expenses" => (true, AccountClass.Expense, AccountLimit.None),
            "equity" or "memorandum" => (true, AccountClass.Equity, AccountLimit.None),
            _ => (false, AccountClass.Asset, AccountLimit.None),
        };
        return isKnown;
    }

    /// <summary>The number of a money account, opened when it is new; 0 when its name begins like none.</summary>
    internal long OfMoney(string name) =>
        _numbers.TryGetValue(name, out var number) ? number
        : TryClassify(name, out var @class, out var limit) ? Open(name, @class, Commodity.CnyFen, limit)
        : 0;

    /// <summary>The number of an account of licence units.</summary>
    internal long OfUnits(string name, AccountClass @class, Commodity commodity, AccountLimit limit) =>
        _numbers.TryGetValue(name, out var number) ? number : Open(name, @class, commodity, limit);

    /// <summary>A product's licence units as a commodity.</summary>
    internal Commodity UnitsOf(ProductId product)
    {
        _products.Add(product.Value);
        return Commodity.LicenceUnits(_products.Count);
    }

    private long Open(string name, AccountClass @class, Commodity commodity, AccountLimit limit)
    {
        var number = _numbers.Count + 1L;
        if (_book.Open(new Account(number, name, @class, commodity, limit)) is var result && result != AccountResult.Ok)
        {
            throw new InvalidOperationException($"Account {name} could not be opened: {result}.");
        }

        _numbers.Add(name, number);
        return number;
    }
}

/// <summary>Names of the accounts of licence units, beside those of <see cref="LedgerAccount"/>.</summary>
public static class LicenceAccount
{
    /// <summary>Units of a product that were ever issued, less those taken back (contra account).</summary>
    public static string Issued(ProductId product) => "licences:issued:" + product.Value;

    /// <summary>Licences of a product that a buyer holds from the shelf or by contract.</summary>
    public static string Held(ProductId product, PartyId party) => $"licences:held:{product.Value}:{party.Value}";

    /// <summary>Packs of a product that a party holds from its order book.</summary>
    public static string Packs(ProductId product, PartyId party) => $"licences:packs:{product.Value}:{party.Value}";

    /// <summary>Units of a product that are used up.</summary>
    public static string Used(ProductId product) => "licences:used:" + product.Value;
}
