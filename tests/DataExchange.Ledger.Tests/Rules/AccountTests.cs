using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests.Rules;

public sealed class AccountTests
{
    private static readonly Account Cash = new(1, "cash", AccountClass.Asset, Commodity.CnyFen);

    [Fact]
    public void An_account_is_opened_once()
    {
        var ledger = new DoubleEntryLedger();
        Assert.Equal(AccountResult.Ok, ledger.Open(Cash));
        Assert.Equal(AccountResult.Exists, ledger.Open(Cash));
        Assert.Equal(Cash, Assert.Single(ledger.Accounts.ToArray()));
        Assert.Equal(Cash, ledger.FindAccount(1));
        Assert.Null(ledger.FindAccount(2));
    }

    [Fact]
    public void What_makes_no_account_is_named()
    {
        var ledger = new DoubleEntryLedger();
        Assert.Equal(AccountResult.NumberMustBePositive, ledger.Open(Cash with { Number = 0 }));
        Assert.Equal(AccountResult.NameMustNotBeEmpty, ledger.Open(Cash with { Name = "" }));
        Assert.Equal(AccountResult.UnknownClass, ledger.Open(Cash with { Class = (AccountClass)5 }));
        Assert.Equal(AccountResult.UnknownLimit, ledger.Open(Cash with { Limit = (AccountLimit)4 }));
        Assert.Empty(ledger.Accounts.ToArray());
    }

    [Fact]
    public void A_number_with_other_content_is_refused_by_the_field_that_differs()
    {
        var ledger = new DoubleEntryLedger();
        ledger.Open(Cash);
        Assert.Equal(AccountResult.ExistsWithDifferentName, ledger.Open(Cash with { Name = "bank", Class = AccountClass.Equity }));
        Assert.Equal(AccountResult.ExistsWithDifferentClass, ledger.Open(Cash with { Class = AccountClass.Equity }));
        Assert.Equal(AccountResult.ExistsWithDifferentCommodity, ledger.Open(Cash with { Commodity = Commodity.LicenceUnits(1) }));
        Assert.Equal(AccountResult.ExistsWithDifferentLimit, ledger.Open(Cash with { Limit = AccountLimit.NeverOverdrawn }));
    }

    [Theory]
    [InlineData(AccountClass.Asset, AccountLimit.CreditsMustNotExceedDebits)]
    [InlineData(AccountClass.Expense, AccountLimit.CreditsMustNotExceedDebits)]
    [InlineData(AccountClass.Liability, AccountLimit.DebitsMustNotExceedCredits)]
    [InlineData(AccountClass.Equity, AccountLimit.DebitsMustNotExceedCredits)]
    [InlineData(AccountClass.Income, AccountLimit.DebitsMustNotExceedCredits)]
    public void Never_overdrawn_means_the_limit_that_fits_the_class(AccountClass kind, AccountLimit limit)
    {
        var ledger = new DoubleEntryLedger();
        ledger.Open(Cash with { Class = kind, Limit = AccountLimit.NeverOverdrawn });
        Assert.Equal(limit, ledger.FindAccount(1)!.Limit);
        Assert.Equal(AccountResult.Exists, ledger.Open(Cash with { Class = kind, Limit = limit }));
    }

    [Fact]
    public void Commodities_do_not_mix_and_each_has_its_trial_balance()
    {
        var ledger = Funded();
        Assert.Equal([TransferResult.CommoditiesDiffer], ledger.Batch(Transfer.Direct(2, Bank, IssuanceRight, 1, 1, 10)));
        Assert.Equal([TransferResult.Ok], ledger.Batch(Transfer.Direct(2, Licences, IssuanceRight, 3, 1, 10)));
        Assert.Equal(new TrialBalance(Commodity.CnyFen, 1_000, 0, 1_000, 0), ledger.TrialBalanceOf(Commodity.CnyFen));
        Assert.Equal(new TrialBalance(Commodity.LicenceUnits(41), 3, 0, 3, 0), ledger.TrialBalanceOf(Commodity.LicenceUnits(41)));
        Assert.Equal(["CNY", "LIC41"], ledger.Commodities.Select(commodity => commodity.ToString()));
    }

    [Fact]
    public void Balances_of_an_account_that_is_not_there_are_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Open().Balance(77));
        Assert.Throws<ArgumentOutOfRangeException>(() => Open().BalanceAt(0, 1));
    }
}
