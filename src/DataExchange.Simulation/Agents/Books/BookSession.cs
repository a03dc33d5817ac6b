using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>The venue's day in one book: orders gather, the opening auction, continuous trading, the close; halts are ended in time.</summary>
public sealed class BookSession
{
    private readonly Market _market;
    private readonly BookDesk _desk;
    private readonly PartyId _venue;

    /// <summary>Prepares the sessions of a book.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="desk">The book.</param>
    /// <param name="venue">The venue's operator.</param>
    public BookSession(Market market, BookDesk desk, PartyId venue)
    {
        ArgumentNullException.ThrowIfNull(desk);
        (_market, _desk, _venue) = (market, desk, venue);
        desk.Halted += until => market.Kernel.Start(until, () => desk.AdvanceAsync(venue));
    }

    /// <summary>Holds a session on every working day until the book is closed for good.</summary>
    public async ValueTask HoldAsync()
    {
        var settings = _market.Scenario.OrderBooks;
        for (var day = _market.Kernel.Now.Date; !_desk.IsClosed; day = _market.Source.Calendar.AddWorkingDays(day, 1))
        {
            if (_market.Shocks.IsOut(new VenueId(settings.Venue), day))
            {
                continue;
            }

            await _market.Kernel.Until(SimulatedTime.On(day, settings.PreOpenMinute.Whole * 60));
            await _desk.CallAsync(TradingPhase.PreOpen, _venue).ConfigureAwait(true);
            await _market.Kernel.Until(SimulatedTime.On(day, settings.OpenMinute.Whole * 60));
            await CallUnlessStoppedAsync(TradingPhase.Continuous).ConfigureAwait(true);
            await _market.Kernel.Until(SimulatedTime.On(day, settings.CloseMinute.Whole * 60));
            await CallUnlessStoppedAsync(TradingPhase.Closed).ConfigureAwait(true);
        }
    }

    // A book that was suspended in the course of the day, or before it, stays closed for the rest of it.
    private async ValueTask CallUnlessStoppedAsync(TradingPhase phase)
    {
        if (_desk.Picture.Phase != TradingPhase.Closed)
        {
            await _desk.CallAsync(phase, _venue).ConfigureAwait(true);
        }
    }
}
