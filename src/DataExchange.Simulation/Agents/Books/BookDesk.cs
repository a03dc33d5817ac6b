using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>The way into one order book, for all who trade there: it passes commands on and keeps the picture that everybody sees.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="series">The series that is traded.</param>
/// <param name="product">The product on the shelf.</param>
public sealed class BookDesk(Market market, PacksAllotted series, ShelfProduct product)
{
    private readonly Dictionary<PartyId, int> _numbers = [];
    private bool _isClosed;

    /// <summary>The series that is traded.</summary>
    public PacksAllotted Series => series;

    /// <summary>The picture of the book.</summary>
    public BookPicture Picture { get; } = new();

    /// <summary>Whether the book is closed for good.</summary>
    public bool IsClosed => _isClosed || !product.Venues.Contains(series.Venue);

    /// <summary>Price of a pack that is issued: that of the shelf when the book opened, on the book's tick.</summary>
    public long PostedPriceFen => (series.PackPriceFen + series.Rules.TickFen - 1) / series.Rules.TickFen * series.Rules.TickFen;

    /// <summary>Whether packs are still to be issued.</summary>
    public bool IsIssuing => Picture.Issued < series.Packs;

    /// <summary>Called when the book is halted, with the end of the halt.</summary>
    public event Action<SimulatedTime>? Halted;

    /// <summary>Called with the facts of each answer, after the picture has them.</summary>
    public event Action<IReadOnlyList<Event>>? Noted;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Enters an order.</summary>
    /// <param name="party">Whose order it is.</param>
    /// <param name="funds">Its money; null for who only sells.</param>
    /// <param name="terms">What it asks for.</param>
    /// <returns>The order's number, though it may be gone already, and why it was refused; null when it was not.</returns>
    public async ValueTask<(int Number, Rejection? Refused)> EnterAsync(PartyId party, BookFunds? funds, BookOrderTerms terms)
    {
        if (IsStopped())
        {
            return (0, Rejection.ProductSuspended);
        }

        if (funds is not null)
        {
            Picture.Know(party, funds);
        }

        var number = _numbers[party] = _numbers.GetValueOrDefault(party) + 1;
        var outcome = await SubmitAsync(new EnterBookOrder(series.Product, party, number, null, terms) { At = Kernel.Now, By = party })
            .ConfigureAwait(true);
        var refused = outcome.Events.OfType<BookOrderRefused>().FirstOrDefault(e => e.Party == party && e.Number == number);
        return (number, outcome.Rejection ?? refused?.Reason);
    }

    /// <summary>Cancels an order, if it still stands.</summary>
    public async ValueTask CancelAsync(PartyId party, int number)
    {
        if (!IsStopped() && Picture.Find(party, number) is not null)
        {
            await SubmitAsync(new CancelBookOrder(series.Product, party, number) { At = Kernel.Now, By = party }).ConfigureAwait(true);
        }
    }

    /// <summary>Makes a limit order smaller, if it still stands and can be.</summary>
    public async ValueTask HalveAsync(PartyId party, int number)
    {
        if (!IsStopped() && Picture.Phase != TradingPhase.Closed
            && Picture.Find(party, number) is { Terms.Kind: BookOrderKind.Limit, Leaves: > 1 } order)
        {
            await SubmitAsync(new ReduceBookOrder(series.Product, party, number, order.Leaves / 2) { At = Kernel.Now, By = party }).ConfigureAwait(true);
        }
    }

    /// <summary>Uses packs; that can be done also when the book is closed.</summary>
    public async ValueTask RedeemAsync(PartyId party, int packs) =>
        await SubmitAsync(new RedeemPacks(series.Product, party, packs) { At = Kernel.Now, By = party }).ConfigureAwait(true);

    /// <summary>Calls a phase in the venue's name, unless the book is in it or trading is stopped.</summary>
    public async ValueTask CallAsync(TradingPhase phase, PartyId by)
    {
        if (!IsStopped() && Picture.Phase != phase)
        {
            await SubmitAsync(new CallPhase(series.Product, phase) { At = Kernel.Now, By = by }).ConfigureAwait(true);
        }
    }

    /// <summary>Lets what is due happen.</summary>
    public async ValueTask AdvanceAsync(PartyId by)
    {
        if (!IsStopped() && Picture.IsDue(Kernel.Now))
        {
            Note(await Kernel.SubmitAsync(new AdvanceOrderBook(series.Product) { At = Kernel.Now, By = by }).ConfigureAwait(true));
        }
    }

    // Everybody can see on the shelf that a product is suspended or gone; its orders were cancelled then.
    private bool IsStopped()
    {
        if (IsClosed || product.Suspended.Contains(series.Venue))
        {
            Picture.Clear();
            return true;
        }

        return false;
    }

    private async ValueTask<Outcome> SubmitAsync(BookCommand command)
    {
        // What is due comes first in any case; asked for by itself, its facts are in the answer.
        await AdvanceAsync(command.By).ConfigureAwait(true);
        var outcome = await Kernel.SubmitAsync(command).ConfigureAwait(true);
        Note(outcome);
        return outcome;
    }

    private void Note(Outcome outcome)
    {
        foreach (var @event in outcome.Events)
        {
            Picture.Note(@event);
            if (@event is BookHalted halted)
            {
                Halted?.Invoke(halted.Until);
            }
        }

        Noted?.Invoke(outcome.Events);

        // The certificate lapsed at this very moment, before anybody could see it on the shelf.
        if (outcome.Rejection is Rejection.OrderBookClosed or Rejection.CertificateExpired)
        {
            _isClosed = true;
            Picture.Clear();
        }
    }
}
