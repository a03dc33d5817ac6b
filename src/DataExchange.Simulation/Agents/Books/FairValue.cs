using DataExchange.Domain;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>
/// What a pack is worth to those who trade it: a random walk of the logarithm with jumps. As long as new packs are issued at the posted price
/// it stays below that price, where a weak pull keeps it; afterwards the pull is towards the posted price, and it is free.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="desk">The book.</param>
/// <param name="random">The book's own stream for it.</param>
public sealed class FairValue(Market market, BookDesk desk, RandomStream random)
{
    // A79, and what lies below.
    private const double Pull = 0.02;

    // Beyond a factor of some three and a half either way nobody would trade.
    private const double Furthest = 1.25;
    private double _log = DeterministicMath.Log(1 - market.Scenario.OrderBooks.FairValue.Discount.Value);

    /// <summary>Fen for a pack.</summary>
    public double Fen => desk.PostedPriceFen * DeterministicMath.Exp(_log);

    /// <summary>Called after a jump.</summary>
    public event Action? Jumped;

    /// <summary>Changes from trading day to trading day, and jumps within some.</summary>
    public async ValueTask WanderAsync()
    {
        var settings = market.Scenario.OrderBooks;
        var opens = settings.OpenMinute.Whole * 60;
        var length = (settings.CloseMinute.Whole * 60) - opens;
        for (var day = market.Kernel.Now.Date; !desk.IsClosed; day = market.Source.Calendar.AddWorkingDays(day, 1))
        {
            await market.Kernel.Until(SimulatedTime.On(day, Math.Max(0, (settings.PreOpenMinute.Whole * 60) - 1)));
            Move(settings.FairValue.Volatility.Value * random.NextNormal());
            var jumps = random.NextBoolean(settings.FairValue.JumpsPerDay.Value);
            var size = settings.FairValue.JumpSigma.Value * random.NextNormal();
            var at = SimulatedTime.On(day, opens + random.NextInt32(length));
            if (jumps)
            {
                await market.Kernel.Until(at);
                Move(size);
                Jumped?.Invoke();
            }
        }
    }

    private void Move(double change)
    {
        var usual = desk.IsIssuing ? DeterministicMath.Log(1 - market.Scenario.OrderBooks.FairValue.Discount.Value) : 0;
        var most = desk.IsIssuing ? usual / 2 : Furthest;
        _log = Math.Clamp(_log + change + (Pull * (usual - _log)), -Furthest, most);
    }
}
