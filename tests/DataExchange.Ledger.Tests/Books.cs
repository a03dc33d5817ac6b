namespace DataExchange.Ledger.Tests;

/// <summary>A small chart of accounts that most tests begin with.</summary>
internal static class Books
{
    public const long Bank = 1;
    public const long Buyer = 2;
    public const long Escrow = 3;
    public const long Provider = 4;
    public const long Fees = 5;
    public const long Costs = 6;
    public const long Retained = 7;
    public const long Licences = 8;
    public const long IssuanceRight = 9;

    public static DoubleEntryLedger Open()
    {
        var ledger = new DoubleEntryLedger();
        Account[] chart =
        [
            new(Bank, "bank", AccountClass.Asset, Commodity.CnyFen),
            new(Buyer, "buyer", AccountClass.Liability, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
            new(Escrow, "escrow", AccountClass.Liability, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
            new(Provider, "provider", AccountClass.Liability, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
            new(Fees, "fees", AccountClass.Income, Commodity.CnyFen),
            new(Costs, "costs", AccountClass.Expense, Commodity.CnyFen),
            new(Retained, "retained earnings", AccountClass.Equity, Commodity.CnyFen),
            new(Licences, "licences out", AccountClass.Asset, Commodity.LicenceUnits(41)),
            new(IssuanceRight, "issuance right", AccountClass.Equity, Commodity.LicenceUnits(41)),
        ];
        foreach (var account in chart)
        {
            Assert.Equal(AccountResult.Ok, ledger.Open(account));
        }

        return ledger;
    }

    /// <summary>The same with 1,000 fen on the buyer's account, paid in as transfer 1 at time 10.</summary>
    public static DoubleEntryLedger Funded()
    {
        var ledger = Open();
        Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct(1, Bank, Buyer, 1_000, 1, 10)));
        return ledger;
    }

    public static TransferResult[] Batch(this DoubleEntryLedger ledger, params Transfer[] transfers)
    {
        var results = new TransferResult[transfers.Length];
        var accepted = ledger.Apply(transfers, results);
        Assert.Equal(results.Count(result => result == TransferResult.Ok), accepted);
        Assert.Null(ledger.FindViolation());
        return results;
    }

    public static Transfer Linked(this Transfer transfer) => transfer with { IsLinked = true };
}
