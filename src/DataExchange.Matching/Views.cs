namespace DataExchange.Matching;

/// <summary>Funds of an account, in fen.</summary>
/// <param name="Available">Free to use.</param>
/// <param name="Held">Reserved for live buy orders.</param>
public readonly record struct AccountFunds(long Available, long Held);

/// <summary>Units of an account in an instrument.</summary>
/// <param name="Available">Free to use.</param>
/// <param name="Held">Reserved for live sell orders.</param>
public readonly record struct AccountUnits(long Available, long Held);

/// <summary>A product's issuance right, in units over all its instruments.</summary>
/// <param name="Cap">Most that may ever be issued; 0 for no cap.</param>
/// <param name="Issued">Issued so far.</param>
/// <param name="Revoked">Ended so far.</param>
/// <param name="Reserved">Kept for resting limit orders that issue.</param>
/// <param name="Exclusive">Whether an exclusive licence is active.</param>
public readonly record struct ProductRights(long Cap, long Issued, long Revoked, long Reserved, bool Exclusive);

/// <summary>One price of a side.</summary>
/// <param name="Price">Ticks.</param>
/// <param name="Quantity">Units shown.</param>
/// <param name="Orders">Orders there.</param>
public readonly record struct DepthLevel(int Price, long Quantity, int Orders);

/// <summary>One order of a side.</summary>
/// <param name="Account">Whose.</param>
/// <param name="ClientOrderId">Its number.</param>
/// <param name="Price">Ticks.</param>
/// <param name="Leaves">Units left, hidden ones too; 0 for an unlimited posted offer.</param>
/// <param name="Shown">Units shown.</param>
public readonly record struct BookOrder(int Account, long ClientOrderId, int Price, int Leaves, int Shown);
