namespace DataExchange.Ledger.Tests.Naive;

/// <summary>
/// The rules of docs/ledger.md with a dictionary and a list of all transfers: no balance is kept, each is summed up anew whenever it is
/// asked for, and a chain that fails is forgotten by going back to the list as it was.
/// </summary>
internal sealed class NaiveLedger
{
    private readonly SortedDictionary<long, Account> _accounts = [];
    private readonly List<(Closing Closing, int Transfers)> _closings = [];
    private List<Kept> _kept = [];

    public long Now { get; private set; }

    public long ClosedBefore { get; private set; }

    public IReadOnlyList<Kept> Transfers => _kept;

    public IEnumerable<Account> Accounts => _accounts.Values;

    public AccountResult Open(Account account)
    {
        if (account.Number < 1)
        {
            return AccountResult.NumberMustBePositive;
        }

        if (account.Name.Length == 0)
        {
            return AccountResult.NameMustNotBeEmpty;
        }

        if (!Enum.IsDefined(account.Class))
        {
            return AccountResult.UnknownClass;
        }

        if (!Enum.IsDefined(account.Limit))
        {
            return AccountResult.UnknownLimit;
        }

        var limit = (account.Limit, account.Class) switch
        {
            (AccountLimit.NeverOverdrawn, AccountClass.Asset or AccountClass.Expense) => AccountLimit.CreditsMustNotExceedDebits,
            (AccountLimit.NeverOverdrawn, _) => AccountLimit.DebitsMustNotExceedCredits,
            _ => account.Limit,
        };
        var asKept = account with { Limit = limit };
        if (_accounts.TryAdd(account.Number, asKept))
        {
            return AccountResult.Ok;
        }

        var open = _accounts[account.Number];
        return open == asKept ? AccountResult.Exists
            : open.Name != asKept.Name ? AccountResult.ExistsWithDifferentName
            : open.Class != asKept.Class ? AccountResult.ExistsWithDifferentClass
            : open.Commodity != asKept.Commodity ? AccountResult.ExistsWithDifferentCommodity
            : AccountResult.ExistsWithDifferentLimit;
    }

    public Balances BalanceAt(long account, long time)
    {
        Balances sum = default;
        foreach (var kept in _kept.Where(kept => kept.Transfer.Time <= time))
        {
            var transfer = kept.Transfer;
            var posted = transfer.Kind is TransferKind.Direct or TransferKind.Post ? transfer.Amount : 0;
            var held = transfer.Kind == TransferKind.Pending && !(kept.EndedAt <= time) ? transfer.Amount : 0;
            if (transfer.DebitAccount == account)
            {
                sum = sum with { DebitsPosted = sum.DebitsPosted + posted, DebitsPending = sum.DebitsPending + held };
            }

            if (transfer.CreditAccount == account)
            {
                sum = sum with { CreditsPosted = sum.CreditsPosted + posted, CreditsPending = sum.CreditsPending + held };
            }
        }

        return sum;
    }

    public Balances Balance(long account) => BalanceAt(account, long.MaxValue);

    public TransferResult AdvanceTo(long time)
    {
        if (time < Now)
        {
            return TransferResult.TimeRunsBackwards;
        }

        Pass(time);
        return TransferResult.Ok;
    }

    public TransferResult[] Apply(IReadOnlyList<Transfer> batch)
    {
        var results = new List<TransferResult>();
        while (results.Count < batch.Count)
        {
            var rest = batch.Skip(results.Count).ToList();
            var links = rest.TakeWhile(transfer => transfer.IsLinked).Count();
            results.AddRange(links == rest.Count
                ? [.. Enumerable.Repeat(TransferResult.LinkedTransferFailed, links - 1), TransferResult.LinkedChainOpen]
                : ApplyChain(rest.Take(links + 1).ToList()));
        }

        return [.. results];
    }

    public ClosingOutcome ClosePeriod(Closing closing)
    {
        if (closing.FirstId == 0)
        {
            return new(ClosingResult.IdMustNotBeZero);
        }

        if (_closings.Any(made => made.Closing.FirstId == closing.FirstId))
        {
            var same = _closings.Where(made => made.Closing == closing).ToList();
            return same.Count == 1 ? new(ClosingResult.Exists, same[0].Transfers) : new(ClosingResult.ExistsWithDifferentContent);
        }

        if (closing.Code == 0)
        {
            return new(ClosingResult.CodeMustNotBeZero);
        }

        if (!_accounts.TryGetValue(closing.EquityAccount, out var equity))
        {
            return new(ClosingResult.EquityAccountNotFound);
        }

        if (equity.Class != AccountClass.Equity)
        {
            return new(ClosingResult.AccountIsNotEquity);
        }

        if (closing.Time < ClosedBefore)
        {
            return new(ClosingResult.PeriodClosed);
        }

        if (closing.Time < Now)
        {
            return new(ClosingResult.TimeRunsBackwards);
        }

        Pass(closing.Time);
        var chain = new List<Transfer>();
        foreach (var kind in new[] { AccountClass.Income, AccountClass.Expense })
        {
            foreach (var account in _accounts.Values.Where(account => account.Class == kind && account.Commodity == equity.Commodity))
            {
                var net = Balance(account.Number).CreditsPosted - Balance(account.Number).DebitsPosted;
                if (net != 0)
                {
                    var id = unchecked(closing.FirstId + (uint)chain.Count);
                    if (id < closing.FirstId)
                    {
                        return new(ClosingResult.IdInUse, RejectedId: UInt128.MaxValue);
                    }

                    if (_kept.Any(kept => kept.Transfer.Id == id))
                    {
                        return new(ClosingResult.IdInUse, RejectedId: id);
                    }

                    chain.Add(Transfer.Direct(
                        id, net > 0 ? account.Number : equity.Number, net > 0 ? equity.Number : account.Number, Math.Abs(net), closing.Code,
                        closing.Time, new Reference(0, closing.Event)));
                }
            }
        }

        var results = ApplyChain(chain);
        if (results.FindIndex(result => result is not (TransferResult.Ok or TransferResult.LinkedTransferFailed)) is >= 0 and var failed)
        {
            return new(ClosingResult.TransferRejected, Reason: results[failed], RejectedId: chain[failed].Id);
        }

        ClosedBefore = closing.Time;
        _closings.Add((closing, chain.Count));
        return new(ClosingResult.Ok, chain.Count);
    }

    private void Pass(long time)
    {
        Now = time;
        _kept = [.. _kept.Select(kept =>
            kept.Hold == HoldState.Open && kept.Transfer.ExpiresAt != 0 && kept.Transfer.ExpiresAt <= time
                ? kept with { Hold = HoldState.Expired, EndedAt = kept.Transfer.ExpiresAt }
                : kept)];
    }

    private List<TransferResult> ApplyChain(List<Transfer> chain)
    {
        var before = _kept.ToList();
        var results = new List<TransferResult>();
        foreach (var transfer in chain)
        {
            var result = ApplyOne(transfer, chain[0].Time);
            if (result is not (TransferResult.Ok or TransferResult.Exists))
            {
                _kept = before;
                Pass(Now);
                return [.. chain.Select((_, at) => at == results.Count ? result : TransferResult.LinkedTransferFailed)];
            }

            results.Add(result);
        }

        return results;
    }

    private TransferResult ApplyOne(Transfer given, long chainTime)
    {
        if (given.Id == 0)
        {
            return TransferResult.IdMustNotBeZero;
        }

        var pending = _kept.Find(kept => kept.Transfer.Id == given.PendingId);
        var transfer = Filled(given, pending?.Transfer);
        if (_kept.Find(kept => kept.Transfer.Id == given.Id) is { } existing)
        {
            return NaiveRules.Compare(transfer, existing.Transfer);
        }

        if (given.Time != chainTime)
        {
            return TransferResult.LinkedTimeDiffers;
        }

        if (given.Time < ClosedBefore)
        {
            return TransferResult.PeriodClosed;
        }

        if (given.Time < Now)
        {
            return TransferResult.TimeRunsBackwards;
        }

        Pass(given.Time);
        pending = _kept.Find(kept => kept.Transfer.Id == given.PendingId);
        var isEnd = given.Kind is TransferKind.Post or TransferKind.Void;
        var result = NaiveRules.CheckForm(given)
            ?? (isEnd ? NaiveRules.CheckEnd(given, transfer, pending) : NaiveRules.CheckMove(given, _accounts, Balance))
            ?? TransferResult.Ok;
        if (result == TransferResult.Ok)
        {
            if (isEnd)
            {
                _kept[_kept.IndexOf(pending!)] = pending! with
                {
                    Hold = given.Kind == TransferKind.Post ? HoldState.Posted : HoldState.Voided,
                    EndedAt = given.Time,
                    EndedBy = given.Id,
                };
            }

            _kept.Add(new Kept(transfer, given.Kind == TransferKind.Pending ? HoldState.Open : HoldState.None, null, 0));
        }

        return result;
    }

    private static Transfer Filled(Transfer given, Transfer? pending) =>
        given.Kind is TransferKind.Post or TransferKind.Void && pending is { } hold
            ? given with
            {
                DebitAccount = given.DebitAccount == 0 ? hold.DebitAccount : given.DebitAccount,
                CreditAccount = given.CreditAccount == 0 ? hold.CreditAccount : given.CreditAccount,
                Amount = given.Amount == 0 ? hold.Amount : given.Amount,
                Code = given.Code == 0 ? hold.Code : given.Code,
                IsLinked = false,
            }
            : given with { IsLinked = false };
}

/// <summary>An accepted transfer, zeros filled in.</summary>
internal sealed record Kept(Transfer Transfer, HoldState Hold, long? EndedAt, UInt128 EndedBy);
