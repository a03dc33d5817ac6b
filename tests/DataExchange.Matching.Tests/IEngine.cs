namespace DataExchange.Matching.Tests;

/// <summary>What both engines can be asked, so that one test runs on both.</summary>
public interface IEngine
{
    /// <summary>The reports that the command gives.</summary>
    IReadOnlyList<ExecutionReport> Apply(in Command command);

    /// <summary>Money of an account.</summary>
    AccountFunds FundsOf(int account);

    /// <summary>Units of an account.</summary>
    AccountUnits UnitsOf(int account, int instrument);

    /// <summary>Licences of a product.</summary>
    ProductRights RightsOf(int product);

    /// <summary>Phase of an instrument.</summary>
    Phase PhaseOf(int instrument);

    /// <summary>Last trade price; 0: none yet.</summary>
    int LastPriceOf(int instrument);

    /// <summary>Orders of a side in price-time order.</summary>
    IReadOnlyList<BookOrder> OrdersOf(int instrument, Side side);

    /// <summary>Prices of a side, best first.</summary>
    IReadOnlyList<DepthLevel> DepthOf(int instrument, Side side);
}
