using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Services;

namespace DataExchange.ServiceBenchmarks;

/// <summary>A market made for measuring orders: offers of open-ended licences and buyers with money, made by commands to Trading and Settlement alone.</summary>
public static class ServiceMarket
{
    /// <summary>Products that are offered.</summary>
    public const int Products = 200;

    /// <summary>Buyers that are admitted and have money.</summary>
    public const int Buyers = 200;

    private const int BookCount = 20;

    private static readonly SimulatedTime Start = SimulatedTime.On(new(2025, 1, 2));
    private static readonly PartyId Venue = new("venue-hzdex");
    private static readonly VenueId Hzdex = new("hzdex");

    /// <summary>The services that it takes.</summary>
    /// <param name="partitions">Partitions of Trading.</param>
    public static ServiceOptions Options(int partitions) => new()
    {
        Services = ["trading", "settlement", ServiceOptions.Feed],
        TradingPartitions = partitions,
        WithProjections = false,
        Patience = TimeSpan.FromMinutes(1),
    };

    /// <summary>Makes the market.</summary>
    /// <param name="sender">Sends the commands.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">A command was refused.</exception>
    public static async Task OpenAsync(ICommandSender sender, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sender);
        foreach (var answer in await Task.WhenAll(Opening().Select(command => sender.SendAsync(Guid.NewGuid(), command, cancellation))).ConfigureAwait(false))
        {
            if (answer.Outcome.Rejection is { } rejection)
            {
                throw new InvalidOperationException($"The benchmark's market could not be made: {rejection}");
            }
        }
    }

    /// <summary>The commands that make the market: offers, admissions and money.</summary>
    internal static IEnumerable<Command> Opening()
    {
        for (var i = 0; i < Products; i++)
        {
            yield return new OpenOffer(
                Product(i), Hzdex, new PartyId("seller"), SecurityClass.General, Start.AddDays(3_650), 1,
                new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false), []) { At = Start, By = Venue };
        }

        for (var i = 0; i < Buyers; i++)
        {
            yield return new AdmitBuyer(Buyer(i), SecurityClass.Important) { At = Start, By = Venue };
            yield return new DepositFunds(Buyer(i), 1_000_000_000_000) { At = Start, By = Buyer(i) };
        }
    }

    /// <summary>The commands that open order books beside the shelf and let them trade.</summary>
    internal static IEnumerable<Command> Books()
    {
        for (var i = 0; i < BookCount; i++)
        {
            yield return new OpenOffer(
                Traded(i), Hzdex, new PartyId("seller"), SecurityClass.General, Start.AddDays(3_650), 1,
                new LicenceTerms(LicenceKind.CallPack, PriceUnit.PerCall, 7, null, 1_000, true), []) { At = Start, By = Venue };
            yield return new AllotPacks(Traded(i), Hzdex, 1_000_000, new BookRules(100, 100_000_000, 10_000, 1_000, 120, 250, 600)) { At = Start, By = Venue };
            yield return new CallPhase(Traded(i), TradingPhase.Continuous) { At = Start, By = Venue };
        }
    }

    /// <summary>An order to buy a pack in a book, at a price that nobody sells at.</summary>
    /// <param name="number">What book and buyer follow from, 0 or more.</param>
    /// <param name="ofBuyer">The buyer's number of the order, larger than those before it in this book.</param>
    internal static EnterBookOrder BookOrder(int number, int ofBuyer) =>
        new(Traded(number % BookCount), Buyer(number), ofBuyer, null, BookOrderTerms.Limit(BookSide.Buy, 1, 100 * (60 + (ofBuyer % 10)))) { At = Start, By = Buyer(number) };

    /// <summary>Cancels such an order.</summary>
    /// <param name="number">What book and buyer follow from, 0 or more.</param>
    /// <param name="ofBuyer">The buyer's number of the order.</param>
    internal static CancelBookOrder BookCancel(int number, int ofBuyer) => new(Traded(number % BookCount), Buyer(number), ofBuyer) { At = Start, By = Buyer(number) };

    /// <summary>An order for a licence.</summary>
    /// <param name="number">Its number, 0 or more; product and buyer follow from it.</param>
    /// <param name="series">What its deal's id begins with.</param>
    public static PlaceOrder Order(long number, string series) => Order(number, series, number);

    /// <summary>An order for a licence of a product by a buyer.</summary>
    /// <param name="number">Its number, 0 or more.</param>
    /// <param name="series">What its deal's id begins with.</param>
    /// <param name="of">The number that product and buyer follow from, 0 or more.</param>
    public static PlaceOrder Order(long number, string series, long of)
    {
        var buyer = Buyer(of);
        return new(Product(of), DealOf(number, series), Hzdex, buyer, null, TradeChannel.Shelf, 1, null) { At = Start, By = buyer };
    }

    /// <summary>The deal of an order.</summary>
    /// <param name="number">The order's number.</param>
    /// <param name="series">What the id begins with.</param>
    public static DealId DealOf(long number, string series) => new($"{series}{number:0000000}");

    private static ProductId Product(long number) => new($"P{number % Products:000000}");

    private static ProductId Traded(int book) => new($"T{book:00}");

    private static PartyId Buyer(long number) => new($"B{number % Buyers:000}");
}
