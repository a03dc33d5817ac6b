namespace DataExchange.Exchange.Verification;

/// <summary>The outcome of an audit.</summary>
/// <param name="Problems">The first problems by stream (ordinal), version and rule, at most <see cref="MarketAudit.MostProblems"/>.</param>
/// <param name="ProblemCount">How many there are in all.</param>
/// <param name="Totals">What the market did.</param>
/// <param name="Money">The plain books of its money.</param>
public sealed record AuditFindings(IReadOnlyList<Problem> Problems, long ProblemCount, MarketTotals Totals, MoneyTotals Money);

/// <summary>The money of a market as plain double-entry books: what the events post, without holds, licences and closings.</summary>
/// <param name="Accounts">Accounts that were posted to.</param>
/// <param name="Postings">Postings, one debit and one credit each.</param>
/// <param name="DifferenceFen">Debits less credits over all accounts, fen; 0 in books that are right.</param>
public sealed record MoneyTotals(int Accounts, long Postings, long DifferenceFen);

/// <summary>Totals of a market, counted from the events alone.</summary>
/// <param name="Streams">Streams.</param>
/// <param name="Events">Events.</param>
/// <param name="ProductsListed">Distinct products that were ever listed anywhere.</param>
/// <param name="TransactionsRegistered">Registered transactions, filed contracts and later cancellations included.</param>
/// <param name="RegisteredAmountFen">Their amount, fen.</param>
/// <param name="DataInvoices">Data invoices issued.</param>
/// <param name="Venues">The same for each venue, in ordinal order of its id. A product listed at two venues counts at both.</param>
public sealed record MarketTotals(
    long Streams,
    long Events,
    int ProductsListed,
    long TransactionsRegistered,
    long RegisteredAmountFen,
    long DataInvoices,
    IReadOnlyList<VenueTotals> Venues);

/// <summary>Totals of one venue.</summary>
/// <param name="Venue">Its id.</param>
/// <param name="ProductsListed">Distinct products that were ever listed there.</param>
/// <param name="TransactionsRegistered">Transactions registered there.</param>
/// <param name="RegisteredAmountFen">Their amount, fen.</param>
public sealed record VenueTotals(string Venue, int ProductsListed, long TransactionsRegistered, long RegisteredAmountFen);
