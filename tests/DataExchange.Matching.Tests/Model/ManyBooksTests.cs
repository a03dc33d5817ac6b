namespace DataExchange.Matching.Tests.Model;

/// <summary>
/// With many books the engine looks further ahead into what it is given at once. What it sees there may be wrong: numbers that do not exist,
/// orders that are gone by then. It must change nothing.
/// </summary>
public sealed class ManyBooksTests
{
    private const int Books = 40;
    private const int Accounts = 6;
    private static readonly EngineLimits Limits = new() { Orders = 400, Instruments = Books, Products = 1, Accounts = Accounts, Positions = 300, PriceBlocks = 120 };

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Many_at_a_time_in_many_books_gives_the_reports_of_one_by_one(int seed)
    {
        var random = new Random(seed);
        Command[] commands = [.. Opened(), .. Enumerable.Range(1, 4_000).Select(number => Next(random, number))];
        var (one, many) = (new MatchingEngine<Collector>(Limits, new Collector()), new MatchingEngine<Collector>(Limits, new Collector()));
        foreach (var command in commands)
        {
            one.Apply(command);
        }

        for (var (at, size) = (0, 0); at < commands.Length; at += size)
        {
            size = Math.Min(commands.Length - at, random.Next(1, 60));
            many.Apply(commands.AsSpan(at, size));
        }

        Assert.Equal(one.Handler.Reports, many.Handler.Reports);
        Assert.Equal(one.StateHash(), many.StateHash());
        Assert.Contains(one.Handler.Reports, report => report.Kind == ReportKind.Filled);
        many.CheckInvariants();
    }

    private static IEnumerable<Command> Opened() =>
    [
        Command.DefineProduct(0, 0, 0), .. Enumerable.Range(0, Books).Select(book => Command.DefineInstrument(0, book, 0, 0, 1, 1, 1 << 30, 1, 100, true)),
        .. Enumerable.Range(0, Accounts).Select(account => Command.OpenAccount(0, account, account, 0)),
        .. Enumerable.Range(0, Accounts).Select(account => Command.Deposit(0, account, 1L << 40)),
        .. from account in Enumerable.Range(0, Accounts) from book in Enumerable.Range(0, Books) select Command.IssueUnits(0, account, book, 1_000),
    ];

    private static Command Next(Random random, int number)
    {
        var (book, account) = (Around(random, Books), Around(random, Accounts));
        return random.Next(4) == 0
            ? Command.Cancel(number, book, account, random.Next(1, number + 1))
            : Command.Limit(number, book, account, number, (Side)random.Next(2), random.Next(30) == 0 ? 1 << random.Next(31) : random.Next(98, 103), random.Next(1, 6));
    }

    // Now and then one that is not there.
    private static int Around(Random random, int count) => random.Next(20) == 0 ? ((int[])[-1, count, count + 1, int.MaxValue, int.MinValue])[random.Next(5)] : random.Next(count);
}
