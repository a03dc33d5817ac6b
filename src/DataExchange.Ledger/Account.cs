namespace DataExchange.Ledger;

/// <summary>The five classes of accounts.</summary>
public enum AccountClass : byte
{
    /// <summary>What is owned: grows by debits.</summary>
    Asset = 0,

    /// <summary>What is owed: grows by credits.</summary>
    Liability = 1,

    /// <summary>What belongs to the owners: grows by credits.</summary>
    Equity = 2,

    /// <summary>What was earned in the period: grows by credits, is closed to equity.</summary>
    Income = 3,

    /// <summary>What was spent in the period: grows by debits, is closed to equity.</summary>
    Expense = 4,
}

/// <summary>What an account's balances may never do.</summary>
public enum AccountLimit : byte
{
    /// <summary>Any balance is allowed.</summary>
    None = 0,

    /// <summary>Debits posted and pending together are at most the credits posted.</summary>
    DebitsMustNotExceedCredits = 1,

    /// <summary>Credits posted and pending together are at most the debits posted.</summary>
    CreditsMustNotExceedDebits = 2,

    /// <summary>
    /// The one that fits the class: <see cref="CreditsMustNotExceedDebits"/> for assets and expenses, else
    /// <see cref="DebitsMustNotExceedCredits"/>. An account is kept with that one.
    /// </summary>
    NeverOverdrawn = 3,
}

/// <summary>A line of the chart of accounts.</summary>
/// <param name="Number">From 1; decides the order in which accounts are closed.</param>
/// <param name="Name">What people call it; not empty.</param>
/// <param name="Class">Which of the five classes.</param>
/// <param name="Commodity">What it counts.</param>
/// <param name="Limit">What its balances may never do.</param>
public sealed record Account(long Number, string Name, AccountClass Class, Commodity Commodity, AccountLimit Limit = AccountLimit.None)
{
    /// <summary>Whether the account grows by debits: assets and expenses do.</summary>
    public bool IsDebitNormal => Class is AccountClass.Asset or AccountClass.Expense;
}

/// <summary>What became of an account that was to be opened.</summary>
public enum AccountResult : byte
{
    /// <summary>It is open.</summary>
    Ok = 0,

    /// <summary>It was open already, with the same content.</summary>
    Exists = 1,

    /// <summary>The number is below 1.</summary>
    NumberMustBePositive = 2,

    /// <summary>The name is empty.</summary>
    NameMustNotBeEmpty = 3,

    /// <summary>The class is none of the five.</summary>
    UnknownClass = 4,

    /// <summary>The limit is none of those defined.</summary>
    UnknownLimit = 5,

    /// <summary>The number is open under another name.</summary>
    ExistsWithDifferentName = 6,

    /// <summary>The number is open in another class.</summary>
    ExistsWithDifferentClass = 7,

    /// <summary>The number is open for another commodity.</summary>
    ExistsWithDifferentCommodity = 8,

    /// <summary>The number is open with another limit.</summary>
    ExistsWithDifferentLimit = 9,
}
