using DataExchange.Domain;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>Years are closed when the first event of a later one is posted: income and expense go to the results, in the last second of the year.</summary>
public sealed partial class MarketLedger
{
    private const string YearPlace = "year";
    private readonly long _resultsAccount;
    private int _openYear;

    /// <summary>The year that is open: everything before it is closed; 0 before the first event.</summary>
    public int OpenYear => _openYear;

    private string? CloseYearsBefore(SimulatedTime at)
    {
        var year = at.Date.Year;
        if (year == _openYear)
        {
            return null;
        }

        for (var closing = _openYear; closing != 0 && closing < year; closing++)
        {
            var end = SimulatedTime.On(new DateOnly(closing, 12, 31), (int)SimulatedTime.SecondsPerDay - 1);
            var outcome = Book.ClosePeriod(
                new Closing(IdOf(PlaceOf(YearPlace), closing, 0), end.UnixSeconds, _resultsAccount, (ushort)LedgerCode.Closing, _reference.Event));
            if (outcome.Result is not (ClosingResult.Ok or ClosingResult.Exists))
            {
                return $"the year {closing} could not be closed: {outcome.Result}";
            }
        }

        _openYear = Math.Max(year, _openYear);
        return null;
    }
}
