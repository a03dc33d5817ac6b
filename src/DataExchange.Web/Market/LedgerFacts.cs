using DataExchange.Exchange.Accounts;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Web.Market;

/// <summary>A deal with all that is told of it.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Title">Title of its product, in Chinese and English.</param>
/// <param name="Story">What happened, in order.</param>
/// <param name="Entries">What it posted, in order.</param>
public sealed record DealFacts(DealEntry Deal, Reports.Words.Text Title, IReadOnlyList<ToldFact> Story, IReadOnlyList<JournalEntry> Entries);

/// <summary>A row of the trial balance: an account, or all accounts of a kind.</summary>
/// <param name="Group">Name, with … in place of parties and products.</param>
/// <param name="Accounts">How many accounts.</param>
/// <param name="NetDebitFen">Posted debits less posted credits, fen.</param>
/// <param name="HeldFen">Held, fen.</param>
public sealed record BalanceRow(string Group, int Accounts, long NetDebitFen, long HeldFen);

/// <summary>The market's books in sums.</summary>
/// <param name="Rows">Money accounts by kind, by name.</param>
/// <param name="Totals">The books in four numbers.</param>
public sealed record TrialBalanceFacts(IReadOnlyList<BalanceRow> Rows, LedgerTotals Totals);

/// <summary>A page of the journal.</summary>
/// <param name="Account">Whose entries; empty for all.</param>
/// <param name="IsKnown">Whether there is such an account, or none was asked for.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">How many there are, 1 at least.</param>
/// <param name="Count">Entries on all pages.</param>
/// <param name="Entries">Those of the page.</param>
public sealed record JournalFacts(string Account, bool IsKnown, int Page, int Pages, long Count, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>Entries on a page.</summary>
    public const int PageEntries = 25;
}

/// <summary>The latest signed head of a log.</summary>
/// <param name="Venue">Whose log.</param>
/// <param name="Origin">Name of the log.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Root">Root hash, hexadecimal.</param>
/// <param name="Note">The signed note.</param>
public sealed record LogHeadFacts(string Venue, string Origin, long Size, string Root, string Note);
