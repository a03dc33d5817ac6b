using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>The chart of accounts.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>The accounts in the order in which they were opened.</summary>
    public ReadOnlySpan<Account> Accounts => _chart.AsSpan(0, _accountCount);

    /// <summary>The commodities of the accounts, in the order in which they came.</summary>
    public IReadOnlyList<Commodity> Commodities => _commodities;

    /// <summary>Opens an account.</summary>
    /// <param name="account">What it is to be.</param>
    /// <returns><see cref="AccountResult.Ok"/>, <see cref="AccountResult.Exists"/>, or why not.</returns>
    public AccountResult Open(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.Number < 1)
        {
            return AccountResult.NumberMustBePositive;
        }

        if (string.IsNullOrEmpty(account.Name))
        {
            return AccountResult.NameMustNotBeEmpty;
        }

        if (account.Class > AccountClass.Expense)
        {
            return AccountResult.UnknownClass;
        }

        if (account.Limit > AccountLimit.NeverOverdrawn)
        {
            return AccountResult.UnknownLimit;
        }

        if (account.Limit == AccountLimit.NeverOverdrawn)
        {
            account = account with
            {
                Limit = account.IsDebitNormal ? AccountLimit.CreditsMustNotExceedDebits : AccountLimit.DebitsMustNotExceedCredits,
            };
        }

        var row = _numbers.Find(account.Number);
        if (row >= 0)
        {
            return Compare(account, _chart[row]);
        }

        if (!_commodityRows.TryGetValue(account.Commodity, out var commodity))
        {
            commodity = _commodities.Count;
            _commodities.Add(account.Commodity);
            _commodityRows.Add(account.Commodity, commodity);
        }

        Memory.Grow(ref _chart, _accountCount + 1);
        Memory.Grow(ref _accounts, _accountCount + 1);
        _chart[_accountCount] = account;
        _accounts[_accountCount] = new AccountRow { Commodity = commodity, Limit = account.Limit };
        _numbers.Add(account.Number, _accountCount);
        _accountCount++;
        return AccountResult.Ok;
    }

    /// <summary>The account with a number, with the limit it is kept with; null when there is none.</summary>
    /// <param name="number">Its number.</param>
    public Account? FindAccount(long number) => _numbers.Find(number) is >= 0 and var row ? _chart[row] : null;

    private static AccountResult Compare(Account account, Account open)
    {
        if (account.Name != open.Name)
        {
            return AccountResult.ExistsWithDifferentName;
        }

        if (account.Class != open.Class)
        {
            return AccountResult.ExistsWithDifferentClass;
        }

        if (account.Commodity != open.Commodity)
        {
            return AccountResult.ExistsWithDifferentCommodity;
        }

        return account.Limit == open.Limit ? AccountResult.Exists : AccountResult.ExistsWithDifferentLimit;
    }
}
