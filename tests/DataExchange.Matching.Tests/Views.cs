namespace DataExchange.Matching.Tests;

/// <summary>Money of an account, fen.</summary>
public readonly record struct Funds(long Available, long Held);

/// <summary>Units of an account in an instrument.</summary>
public readonly record struct Units(long Available, long Held);

/// <summary>Licences of a product.</summary>
public readonly record struct Rights(long Cap, long Issued, long Revoked, long Reserved, bool Exclusive);

/// <summary>An order in the book, in price-time order.</summary>
public readonly record struct InBook(int Account, long Id, int Price, int Leaves, int Shown);

/// <summary>A price of the book.</summary>
public readonly record struct AtPrice(int Price, long Quantity, int Orders);

/// <summary>What both engines can be asked, so that one test runs on both.</summary>
public interface IEngine
{
    /// <summary>The reports that the command gives.</summary>
    IReadOnlyList<ExecutionReport> Apply(in Command command);

    /// <summary>Money of an account.</summary>
    Funds FundsOf(int account);

    /// <summary>Units of an account.</summary>
    Units UnitsOf(int account, int instrument);

    /// <summary>Licences of a product.</summary>
    Rights RightsOf(int product);

    /// <summary>Phase of an instrument.</summary>
    Phase PhaseOf(int instrument);

    /// <summary>Last trade price; 0: none yet.</summary>
    int LastPriceOf(int instrument);

    /// <summary>Orders of a side in price-time order.</summary>
    IReadOnlyList<InBook> OrdersOf(int instrument, Side side);

    /// <summary>Prices of a side, best first.</summary>
    IReadOnlyList<AtPrice> DepthOf(int instrument, Side side);
}
