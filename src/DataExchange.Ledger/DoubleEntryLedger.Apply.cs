namespace DataExchange.Ledger;

/// <content>Single transfers, batches and chains.</content>
public sealed partial class DoubleEntryLedger
{
    // So far ahead a batch asks for the memory of its transfers.
    private const int Ahead = 8;

    /// <summary>Carries out one transfer.</summary>
    /// <param name="transfer">Not linked: its chain would have no end.</param>
    /// <returns>What became of it.</returns>
    public TransferResult Apply(in Transfer transfer)
    {
        if (transfer.IsLinked)
        {
            return TransferResult.LinkedChainOpen;
        }

        EnsureRoom(1);
        var result = Admit(in transfer, transfer.Time);
        if (result == TransferResult.Ok)
        {
            CommitRow(_transferCount - 1, _transferCount - 1);
        }

        return result;
    }

    /// <summary>Carries out transfers in turn; linked ones together or not at all.</summary>
    /// <param name="transfers">The transfers; the last is not linked.</param>
    /// <param name="results">Takes the result of each; at least as long.</param>
    /// <returns>How many took effect: are <see cref="TransferResult.Ok"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="results"/> is too short.</exception>
    public int Apply(ReadOnlySpan<Transfer> transfers, Span<TransferResult> results)
    {
        if (results.Length < transfers.Length)
        {
            throw new ArgumentException($"{transfers.Length} transfers need as many results, not {results.Length}.", nameof(results));
        }

        EnsureRoom(transfers.Length);
        var accepted = 0;
        for (var at = 0; at < transfers.Length;)
        {
            if (!transfers[at].IsLinked)
            {
                LookAhead(transfers, at);
                results[at] = Admit(in transfers[at], transfers[at].Time);
                if (results[at] == TransferResult.Ok)
                {
                    CommitRow(_transferCount - 1, _transferCount - 1);
                    accepted++;
                }

                at++;
                continue;
            }

            var last = at;
            while (last < transfers.Length && transfers[last].IsLinked)
            {
                last++;
            }

            if (last == transfers.Length)
            {
                results[at..last].Fill(TransferResult.LinkedTransferFailed);
                results[last - 1] = TransferResult.LinkedChainOpen;
                break;
            }

            accepted += ApplyChain(transfers, at, last, results);
            at = last + 1;
        }

        return accepted;
    }

    /// <summary>Lets time pass: holds that are due expire.</summary>
    /// <param name="time">The new time, not before <see cref="Now"/>.</param>
    /// <returns><see cref="TransferResult.Ok"/> or <see cref="TransferResult.TimeRunsBackwards"/>.</returns>
    public TransferResult AdvanceTo(long time)
    {
        if (time < Now)
        {
            return TransferResult.TimeRunsBackwards;
        }

        PassTo(time);
        return TransferResult.Ok;
    }

    private int ApplyChain(ReadOnlySpan<Transfer> transfers, int first, int last, Span<TransferResult> results)
    {
        var from = _transferCount;
        var time = transfers[first].Time;
        for (var at = first; at <= last; at++)
        {
            LookAhead(transfers, at);
            var result = Admit(in transfers[at], time);
            results[at] = result;
            if (result > TransferResult.Exists)
            {
                UndoTo(from);
                results[first..(last + 1)].Fill(TransferResult.LinkedTransferFailed);
                results[at] = result;
                return 0;
            }
        }

        Commit(from);
        return _transferCount - from;
    }

    private void LookAhead(ReadOnlySpan<Transfer> transfers, int at)
    {
        if (at + Ahead < transfers.Length)
        {
            ref readonly var later = ref transfers[at + Ahead];
            _ids.Prefetch(later.Id);
        }
    }

    private void PassTo(long time)
    {
        while (_expiries.Count > 0 && _expiries.FirstTime <= time)
        {
            ref var hold = ref _transfers[_expiries.FirstRow];
            var isOpen = hold.Hold == HoldState.Open;
            if (isOpen)
            {
                ref var debits = ref _accounts[hold.Debit].Debits;
                ref var credits = ref _accounts[hold.Credit].Credits;
                debits.Pending -= hold.Amount;
                credits.Pending -= hold.Amount;
                _history.Record(ref debits.PendingHistory, hold.ExpiresAt, debits.Pending);
                _history.Record(ref credits.PendingHistory, hold.ExpiresAt, credits.Pending);
                hold.Hold = HoldState.Expired;
            }

            _expiries.RemoveFirst(hadEnded: !isOpen);
        }

        Now = time;
    }

    private void Commit(int from)
    {
        for (var row = from; row < _transferCount; row++)
        {
            CommitRow(row, from);
        }
    }

    /// <summary>
    /// Notes in history and expiries what a transfer did. Only now, when its chain can no longer fail, as points and expiries are not
    /// taken back.
    /// </summary>
    private void CommitRow(int row, int from)
    {
        ref var transfer = ref _transfers[row];
        ref var debits = ref _accounts[transfer.Debit].Debits;
        ref var credits = ref _accounts[transfer.Credit].Credits;
        if (transfer.Kind is TransferKind.Direct or TransferKind.Post)
        {
            _history.Record(ref debits.PostedHistory, transfer.Time, debits.Posted);
            _history.Record(ref credits.PostedHistory, transfer.Time, credits.Posted);
        }

        if (transfer.Kind == TransferKind.Direct)
        {
            return;
        }

        _history.Record(ref debits.PendingHistory, transfer.Time, debits.Pending);
        _history.Record(ref credits.PendingHistory, transfer.Time, credits.Pending);
        if (transfer.Kind == TransferKind.Pending)
        {
            if (transfer.ExpiresAt != 0 && transfer.Hold == HoldState.Open)
            {
                _expiries.Add(transfer.ExpiresAt, row);
            }
        }
        else if (transfer.Link < from && _transfers[transfer.Link].ExpiresAt != 0)
        {
            // A hold of the same chain was never put among the expiries.
            _expiries.NoteEnded(_transfers);
        }
    }
}
