namespace DataExchange.Domain.Settlement;

/// <summary>A double entry: one amount, debited to one account and credited to another, so that it balances by construction.</summary>
/// <param name="Debit">Account debited.</param>
/// <param name="Credit">Account credited.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public readonly record struct Posting(string Debit, string Credit, long AmountFen);

/// <summary>Names of ledger accounts. What stands before the first colon is the class.</summary>
public static class LedgerAccount
{
    /// <summary>Money at the bank that the exchange keeps for its members (asset).</summary>
    public const string Bank = "assets:bank";

    /// <summary>Value-added tax to be paid (liability).</summary>
    public const string Vat = "liabilities:vat";

    /// <summary>Money in escrow for deals under way (liability).</summary>
    public const string Escrow = "liabilities:escrow";

    /// <summary>Money of the exchange's own at the bank, in place of what parties owe (liability); always the sum of the receivables.</summary>
    public const string Advances = "liabilities:advances";

    /// <summary>Contra account of contracts paid off the venue.</summary>
    public const string FiledContracts = "memorandum:filed-contracts";

    private const string PayablePrefix = "liabilities:payable:";
    private const string FeesPrefix = "income:fees:";

    /// <summary>A party's money, free to use (liability).</summary>
    public static string Available(PartyId party) => "liabilities:available:" + party.Value;

    /// <summary>A party's money, held for an order (liability).</summary>
    public static string Held(PartyId party) => "liabilities:held:" + party.Value;

    /// <summary>What is to be paid out to a provider or contributor (liability).</summary>
    public static string Payable(PartyId party) => PayablePrefix + party.Value;

    /// <summary>Whose payable an account is; empty for another account.</summary>
    public static ReadOnlySpan<char> PayableTo(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.StartsWith(PayablePrefix, StringComparison.Ordinal) ? account.AsSpan(PayablePrefix.Length) : default;
    }

    /// <summary>What a party owes: it was paid out before it was taken back (asset).</summary>
    public static string Receivable(PartyId party) => "assets:receivable:" + party.Value;

    /// <summary>A venue's fees (income).</summary>
    public static string Fees(VenueId venue) => FeesPrefix + venue.Value;

    /// <summary>Whether an account has a venue's fees.</summary>
    public static bool IsFees(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.StartsWith(FeesPrefix, StringComparison.Ordinal);
    }

    /// <summary>What a provider receives off the venue under filed contracts.</summary>
    public static string FiledProceeds(PartyId party) => "memorandum:filed-proceeds:" + party.Value;
}
