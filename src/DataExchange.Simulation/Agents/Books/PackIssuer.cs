using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>The provider in a book: posts the packs that are still to be issued, again when a suspension took the offer away.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="desk">The book.</param>
/// <param name="random">The book's own stream for it.</param>
public sealed class PackIssuer(Market market, BookDesk desk, RandomStream random)
{
    /// <summary>Looks after the offer until all packs are issued or the book is closed for good.</summary>
    public async ValueTask OfferAsync()
    {
        var settings = market.Scenario.OrderBooks;
        var provider = desk.Series.Provider;
        var gathers = Math.Max(1, (settings.OpenMinute.Whole - settings.PreOpenMinute.Whole) * 60);
        var number = 0;
        for (var day = market.Kernel.Now.Date; !desk.IsClosed && desk.IsIssuing; day = market.Source.Calendar.AddWorkingDays(day, 1))
        {
            // In the first third, before most others.
            await market.Kernel.Until(SimulatedTime.On(day, (settings.PreOpenMinute.Whole * 60) + 1 + random.NextInt32((gathers + 2) / 3)));
            if (desk.Picture.Phase == TradingPhase.PreOpen && desk.IsIssuing && desk.Picture.Find(provider, number) is null)
            {
                (number, _) = await desk.EnterAsync(provider, null, new BookOrderTerms(
                    BookSide.Sell, BookOrderKind.Posted, BookOrderLife.GoodTillCancel, PackSupply.Issue, desk.Series.Packs - desk.Picture.Issued,
                    desk.PostedPriceFen, 0, 0, 0, false, SelfTradePolicy.CancelNewest, null)).ConfigureAwait(true);
            }
        }
    }
}
