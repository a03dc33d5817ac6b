namespace DataExchange.Ledger;

/// <content>Closing a period. Rare, so it may allocate.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>The closings that were made, in order.</summary>
    public IEnumerable<Closing> Closings => _closings.Select(made => made.Closing);

    /// <summary>
    /// Moves the net of every income and expense account in the equity account's commodity to that account, and lets nothing be posted
    /// before its time any more.
    /// </summary>
    /// <param name="closing">Ids, time, account and code.</param>
    /// <returns>How many transfers it made, or why none.</returns>
    public ClosingOutcome ClosePeriod(in Closing closing)
    {
        if (CheckClosing(in closing) is { } answer)
        {
            return answer;
        }

        PassTo(closing.Time);
        var equity = _numbers.Find(closing.EquityAccount);
        var rows = RowsToClose(_accounts[equity].Commodity);
        for (var n = 0; n < rows.Count; n++)
        {
            if (closing.FirstId > UInt128.MaxValue - (uint)n)
            {
                return new ClosingOutcome(ClosingResult.IdInUse, RejectedId: UInt128.MaxValue);
            }

            if (_ids.Find(closing.FirstId + (uint)n, _transfers, out _) >= 0)
            {
                return new ClosingOutcome(ClosingResult.IdInUse, RejectedId: closing.FirstId + (uint)n);
            }
        }

        EnsureRoom(rows.Count);
        var from = _transferCount;
        for (var n = 0; n < rows.Count; n++)
        {
            var transfer = ToEquity(in closing, rows[n], closing.FirstId + (uint)n);
            var result = Admit(in transfer, closing.Time);
            if (result != TransferResult.Ok)
            {
                UndoTo(from);
                return new ClosingOutcome(ClosingResult.TransferRejected, Reason: result, RejectedId: transfer.Id);
            }
        }

        Commit(from);
        ClosedBefore = closing.Time;
        _closings.Add((closing, rows.Count));
        return new ClosingOutcome(ClosingResult.Ok, rows.Count);
    }

    private ClosingOutcome? CheckClosing(in Closing closing)
    {
        if (closing.FirstId == UInt128.Zero)
        {
            return new ClosingOutcome(ClosingResult.IdMustNotBeZero);
        }

        foreach (var (made, transfers) in _closings)
        {
            if (made.FirstId == closing.FirstId)
            {
                return made == closing
                    ? new ClosingOutcome(ClosingResult.Exists, transfers)
                    : new ClosingOutcome(ClosingResult.ExistsWithDifferentContent);
            }
        }

        if (closing.Code == 0)
        {
            return new ClosingOutcome(ClosingResult.CodeMustNotBeZero);
        }

        var equity = _numbers.Find(closing.EquityAccount);
        if (equity < 0)
        {
            return new ClosingOutcome(ClosingResult.EquityAccountNotFound);
        }

        if (_chart[equity].Class != AccountClass.Equity)
        {
            return new ClosingOutcome(ClosingResult.AccountIsNotEquity);
        }

        if (closing.Time < Now)
        {
            return new ClosingOutcome(closing.Time < ClosedBefore ? ClosingResult.PeriodClosed : ClosingResult.TimeRunsBackwards);
        }

        return null;
    }

    // Income before expense, so that the equity account has the income when a limit asks for it.
    private List<int> RowsToClose(int commodity) =>
        [.. Enumerable.Range(0, _accountCount)
            .Where(row => _accounts[row].Commodity == commodity && _chart[row].Class is AccountClass.Income or AccountClass.Expense
                && _accounts[row].Debits.Posted != _accounts[row].Credits.Posted)
            .OrderBy(row => _chart[row].Class).ThenBy(row => _chart[row].Number)];

    private Transfer ToEquity(in Closing closing, int row, UInt128 id)
    {
        ref var account = ref _accounts[row];
        var net = account.Credits.Posted - account.Debits.Posted;
        var number = _chart[row].Number;
        var reference = new Reference(0, closing.Event);
        return net > 0
            ? Transfer.Direct(id, number, closing.EquityAccount, net, closing.Code, closing.Time, reference)
            : Transfer.Direct(id, closing.EquityAccount, number, -net, closing.Code, closing.Time, reference);
    }
}
