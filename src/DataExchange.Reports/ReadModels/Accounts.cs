using DataExchange.Domain.Settlement;

namespace DataExchange.Reports.ReadModels;

/// <summary>Reads whose account a ledger account is.</summary>
internal static class Accounts
{
    private static readonly string FiledPrefix = LedgerAccount.FiledProceeds(new(""));
    private static readonly string FeesPrefix = LedgerAccount.Fees(new(""));

    /// <summary>The party to be paid out; empty for another account.</summary>
    internal static ReadOnlySpan<char> PartyPaid(string account) => LedgerAccount.PayableTo(account);

    /// <summary>The party paid off the venue; empty for another account.</summary>
    internal static ReadOnlySpan<char> PartyFiled(string account) => After(account, FiledPrefix);

    /// <summary>Whether the account holds a venue's fees.</summary>
    internal static bool IsFee(string account) => LedgerAccount.IsFees(account);

    /// <summary>The venue whose fees an account holds; empty for another account.</summary>
    internal static ReadOnlySpan<char> VenueOfFees(string account) => After(account, FeesPrefix);

    private static ReadOnlySpan<char> After(string account, string prefix) =>
        account.StartsWith(prefix, StringComparison.Ordinal) ? account.AsSpan(prefix.Length) : default;
}
