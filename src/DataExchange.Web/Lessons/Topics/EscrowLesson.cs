using DataExchange.Domain.Settlement;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 8: a deal's money in T-accounts, folded from its facts by the market's own ledger.</summary>
internal sealed class EscrowLesson : Lesson
{
    private const int FenPerYuan = 100;
    private const int Percent = 100;
    private static readonly string[] Listed = ["register", "evidence", "accept", "assess", "evaluate", "publish", "wait", "certify", "value", "price", "list", "admit"];
    private static readonly string[] Bought = ["deposit", "order", "agree", "registerDeal"];

    internal override string Id => "escrow";

    internal override string? InMarket => "/ledger";

    internal override int Minutes => 45;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Number(10_600);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new NumberField("price", 2, 1_000_000, 10_600), new NumberField("fee", 0, 1_000, 250), new NumberField("vat", 0, 17, 6), new NumberField("upstream", 0, 90, 0),
        new MovesField("moves", [.. Bought, "deliver", "acceptDelivery", "dispute", "rejectDispute", "refundHalf", "refundAll", "payOut"], 20, "deposit.order.agree.registerDeal"),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var books = Books(Market(Inputs.Usual(this), Listed, Bought, ["deliver", "acceptDelivery"]));
        var provider = Owed(books, LedgerAccount.Payable(ClassMarket.Provider));
        return new Truth(
            (int)(provider / FenPerYuan), Locale.Exact(Owed(books, LedgerAccount.Vat)), Locale.Exact(Owed(books, LedgerAccount.Fees(ClassMarket.Venue))), Locale.Exact(provider));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        var usual = Inputs.Usual(this);
        var (registered, half) = (Books(Market(usual, Listed, Bought)), Books(Market(usual, Listed, Bought, ["deliver", "dispute", "refundHalf"])));
        var all = Books(Market(usual, Listed, Bought, ["deliver", "dispute", "refundAll"]));
        var shared = Books(Market(Inputs.Usual(this, ("upstream", "20")), Listed, Bought, ["deliver", "acceptDelivery"]));
        return
        [
            [Shown(registered, LedgerAccount.Escrow), Shown(registered, LedgerAccount.Available(ClassMarket.Buyer)), Shown(registered, LedgerAccount.Payable(ClassMarket.Provider))],
            [Shown(half, LedgerAccount.Available(ClassMarket.Buyer)), Shown(half, LedgerAccount.Payable(ClassMarket.Provider)), Shown(half, LedgerAccount.Fees(ClassMarket.Venue))],
            [Shown(all, LedgerAccount.Available(ClassMarket.Buyer)), Shown(all, LedgerAccount.Payable(ClassMarket.Provider)), Locale.Exact(Difference(all))],
            [Shown(shared, LedgerAccount.Payable(ClassMarket.Provider)), Shown(shared, LedgerAccount.Payable(ClassMarket.Upstream))],
        ];

        static string Shown(MarketLedger books, string account) => Locale.Exact(Owed(books, account));
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var market = Market(inputs, Listed);
        var before = market.Facts.Count;
        var played = LifeLesson.Played(this, market, inputs, locale);
        var books = Books(market);
        var balance = books.Book.TrialBalanceOf(Commodity.CnyFen);
        return new Board(
            locale.With("lesson.escrow.summary", inputs.Moves("moves").Length, market.Facts.Count - before, Locale.Exact(Difference(books))),
            new TilesBlock(
                (locale["lesson.escrow.buyer"], Locale.Exact(Owed(books, LedgerAccount.Available(ClassMarket.Buyer)))), (locale["lesson.escrow.held"], Locale.Exact(Owed(books, LedgerAccount.Held(ClassMarket.Buyer)))),
                (locale["lesson.escrow.escrow"], Locale.Exact(Owed(books, LedgerAccount.Escrow))), (locale["lesson.escrow.provider"], Locale.Exact(Owed(books, LedgerAccount.Payable(ClassMarket.Provider)))),
                (locale["lesson.escrow.upstream"], Locale.Exact(Owed(books, LedgerAccount.Payable(ClassMarket.Upstream)))), (locale["lesson.escrow.fee"], Locale.Exact(Owed(books, LedgerAccount.Fees(ClassMarket.Venue)))),
                (locale["lesson.escrow.vat"], Locale.Exact(Owed(books, LedgerAccount.Vat)))),
            new SaysBlock(locale.With("lesson.escrow.trial", Locale.Exact((long)balance.DebitsPosted), Locale.Exact((long)balance.CreditsPosted), Locale.Exact(Difference(books))), Difference(books) == 0),
            played.Blocks[0],
            new AccountsBlock([.. new Journal(books).Entries()]),
            played.Blocks[^1]);
    }

    private static ClassMarket Market(Inputs inputs, params string[][] moves) => new ClassMarket
    {
        PriceFen = inputs.Number("price") * FenPerYuan,
        FeeBasisPoints = (int)inputs.Number("fee"),
        VatBasisPoints = (int)inputs.Number("vat") * Percent,
        UpstreamBasisPoints = (int)inputs.Number("upstream") * Percent,
    }.After([.. moves.SelectMany(some => some)]);

    private static MarketLedger Books(ClassMarket market)
    {
        var books = new MarketLedger();
        for (var i = 0; i < market.Facts.Count; i++)
        {
            var fact = market.Facts[i];
            if (books.Take(i + 1, fact.Stream, fact.Version, fact.Data) is { } defect)
            {
                throw new InvalidOperationException($"The ledger refused a fact of the exchange: {defect}");
            }
        }

        return books;
    }

    // What an account of a liability or an income stands at, fen.
    private static long Owed(MarketLedger books, string account) => -new Journal(books).Accounts().Where(one => one.Name == account).Sum(one => one.Balance);

    private static long Difference(MarketLedger books) => (long)books.Book.TrialBalanceOf(Commodity.CnyFen).Difference;
}
