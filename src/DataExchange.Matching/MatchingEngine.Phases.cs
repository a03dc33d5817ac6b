using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Phases, halts and what comes due.</content>
public sealed partial class MatchingEngine<THandler>
{
    private Reason SetPhase(in Command command)
    {
        if (command.Instrument != Command.All)
        {
            if (!IsInstrument(command.Instrument))
            {
                return Reason.UnknownInstrument;
            }

            Change(command.Instrument, (Phase)command.Level);
            return Reason.None;
        }

        for (var number = 0; number < _instrumentsUsed; number++)
        {
            if (_instruments[number].Defined)
            {
                Change(number, (Phase)command.Level);
            }
        }

        return Reason.None;
    }

    private void Change(int number, Phase phase)
    {
        ref var instrument = ref _instruments[number];
        if (instrument.Phase == phase)
        {
            return;
        }

        _halts.Remove(number);
        NoteNextDue();
        if (instrument.Phase is Phase.PreOpen or Phase.Auction or Phase.Halted && phase is Phase.Continuous or Phase.Closed)
        {
            Uncross(number);
        }

        instrument.Phase = phase;
        ReportInstrument(ReportKind.PhaseChanged, ref instrument, number, 0, 0);
        if (phase == Phase.Closed)
        {
            EndAllWhich(ref instrument, Which.OfDay, 0, ReportKind.Expired, Reason.None);
        }
        else if (phase == Phase.Continuous)
        {
            LookAtStops(number);
        }
    }

    private void Halt(ref InstrumentState instrument, int number, int price)
    {
        instrument.Phase = Phase.Halted;
        ReportInstrument(ReportKind.Halted, ref instrument, number, price, 0);
        ReportInstrument(ReportKind.PhaseChanged, ref instrument, number, 0, 0);
        if (instrument.HaltLength <= long.MaxValue - _now)
        {
            _halts.Set(number, _now + instrument.HaltLength, number);
            NoteNextDue();
        }
    }

    private void RunDue(long until)
    {
        // Nothing due and due at the last of all times look the same by their time alone.
        while (_nextDue <= until && _expiries.Count + _halts.Count + _batches.Count > 0)
        {
            _now = _nextDue;
            if (_expiries.FirstTime == _now && _expiries.Count > 0)
            {
                var slot = _expiries.First;
                End(ref _instruments[_orders[slot].Instrument], slot, ReportKind.Expired, Reason.None);
            }
            else if (_halts.FirstTime == _now && _halts.Count > 0)
            {
                Change(_halts.First, Phase.Continuous);
            }
            else
            {
                RunBatch(_batches.First, until);
            }

            NoteNextDue();
        }
    }

    private void RunBatch(int number, long until)
    {
        // A batch without a trade leaves all as it was: until an order expires or a halt ends, the batches after it trade nothing either.
        var idle = _instruments[number].Phase != Phase.Auction || !Uncross(number);
        var others = Math.Min(_expiries.FirstTime, _halts.FirstTime);
        ScheduleBatch(number, idle ? Math.Max(_now, Math.Min(until, others - 1)) : _now);
    }

    /// <summary>The next batch is at the first multiple of the interval after a time.</summary>
    private void ScheduleBatch(int number, long after)
    {
        var interval = _instruments[number].BatchInterval;
        _batches.Remove(number);
        if (interval != 0 && after - (after % interval) <= long.MaxValue - interval)
        {
            _batches.Set(number, after - (after % interval) + interval, number);
        }
    }
}
