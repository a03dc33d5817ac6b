namespace DataExchange.Ledger;

/// <summary>An account's four sums, each from 0 to 2⁶³ − 1, in units of its commodity.</summary>
/// <param name="DebitsPosted">All debits that count.</param>
/// <param name="DebitsPending">Debits held.</param>
/// <param name="CreditsPosted">All credits that count.</param>
/// <param name="CreditsPending">Credits held.</param>
public readonly record struct Balances(long DebitsPosted, long DebitsPending, long CreditsPosted, long CreditsPending)
{
    /// <summary>Posted debits less posted credits: the balance of an asset or expense, and minus that of the others.</summary>
    public long NetDebit => DebitsPosted - CreditsPosted;
}

/// <summary>The sums of one commodity over all accounts; 128 bits, as many accounts of 63 bits each may be summed.</summary>
/// <param name="Commodity">Which commodity.</param>
/// <param name="DebitsPosted">All posted debits.</param>
/// <param name="DebitsPending">All debits held.</param>
/// <param name="CreditsPosted">All posted credits.</param>
/// <param name="CreditsPending">All credits held.</param>
public readonly record struct TrialBalance(
    Commodity Commodity, Int128 DebitsPosted, Int128 DebitsPending, Int128 CreditsPosted, Int128 CreditsPending)
{
    /// <summary>Posted debits less posted credits; 0 in a ledger that is right.</summary>
    public Int128 Difference => DebitsPosted - CreditsPosted;

    /// <summary>Whether debits and credits agree, posted and pending.</summary>
    public bool IsBalanced => DebitsPosted == CreditsPosted && DebitsPending == CreditsPending;
}
