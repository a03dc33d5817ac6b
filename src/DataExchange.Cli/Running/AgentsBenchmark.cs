using System.Diagnostics;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Simulation;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running;

/// <summary>One run of the market of agents.</summary>
/// <param name="Agents">Agents by strategy at the book.</param>
/// <param name="Commands">Commands that anybody gave the exchange.</param>
/// <param name="Events">Events that it recorded.</param>
/// <param name="BookCommands">Of the commands, those to order books.</param>
/// <param name="Trades">Trades in order books.</param>
/// <param name="Seconds">Wall time of the simulation, without its store.</param>
internal sealed record AgentsBenchmarkRun(int Agents, long Commands, long Events, long BookCommands, long Trades, double Seconds)
{
    /// <summary>Commands and events: each is a message between an agent and the exchange.</summary>
    public long Messages => Commands + Events;

    /// <summary>Messages a second.</summary>
    public double MessagesPerSecond => Messages / Seconds;
}

/// <summary>
/// How many messages between agents and exchange a second of one thread carries: many traders at one order book for some days of a small market, simulated in memory. Everything that an
/// order meets is on: admission, money and packs held, the matching core, reactions in the ledger's streams. Nothing is stored.
/// </summary>
internal static class AgentsBenchmark
{
    private const double Scale = 0.02;
    private const ulong Seed = 20250531;
    private static readonly DateOnly From = new(2024, 9, 2);
    private static readonly DateOnly Until = new(2024, 9, 6);

    /// <summary>Runs it once.</summary>
    /// <param name="traders">Traders with zero intelligence, 100 or more; a ninth as many who learn (ZIP) and two market makers come on top.</param>
    /// <param name="ordersPerDay">How often a trader thinks of an order each day, above 0.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<AgentsBenchmarkRun> RunAsync(int traders, double ordersPerDay, CancellationToken cancellation)
    {
        AgentSettings[] groups =
        [
            Group("noise", "zero-intelligence", traders, ordersPerDay), Group("learners", "zip", traders / 9, ordersPerDay), Group("makers", "adaptive-market-maker", 2, 480),
        ];
        // Counts grow with the scale, so the groups come when the scale is done. One book, with nobody else in it and packs for all who sell.
        var small = Parameters.Scale(ScenarioCatalogue.Load("hangzhou-2025").Scenario, Scale);
        var market = small with
        {
            Agents = groups,
            Until = Until.AddDays(1),
            OrderBooks = small.OrderBooks with
            {
                Books = Of(1),
                Packs = Of(10_000),
                BandBasisPoints = Of(0),
                Makers = small.OrderBooks.Makers with { Count = Of(0), PerBook = Of(0) },
                Traders = small.OrderBooks.Traders with { OrdersPerDay = Of(0) },
            },
        };
        var sink = new Counting();
        var exchange = new Counted(new InProcessExchange(sink));
        var clock = Stopwatch.StartNew();
        await SimulationRun.ExecuteAsync(market, SimulationSession.LoadPopulation(), Seed, exchange, null, cancellation, keepsTruth: false).ConfigureAwait(false);
        return new AgentsBenchmarkRun(groups.Sum(group => group.Count.Whole), exchange.Commands, sink.Events, exchange.OfBooks, sink.Trades, clock.Elapsed.TotalSeconds);
    }

    private static Figure Of(double value) => new(value, Provenance.Assumed);

    private static AgentSettings Group(string id, string strategy, int count, double ordersPerDay) => new()
    {
        Id = id,
        Strategy = strategy,
        Count = Of(count),
        From = From,
        Until = Until,
        Parameters = new Dictionary<string, Figure>(
            strategy == "adaptive-market-maker"
                ? [new("ordersPerDay", Of(ordersPerDay))]
                : [new("ordersPerDay", Of(ordersPerDay)), new("unitsPerDay", Of(2)), new("stockDays", Of(5))], StringComparer.Ordinal),
    };

    private sealed class Counting : IEventSink
    {
        public long Events { get; private set; }

        public long Trades { get; private set; }

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            Events += events.Count;
            for (var i = 0; i < events.Count; i++)
            {
                Trades += events[i].Data is PacksTraded ? 1 : 0;
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class Counted(IExchange inner) : IExchange
    {
        public long Commands { get; private set; }

        public long OfBooks { get; private set; }

        public ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
        {
            Commands++;
            OfBooks += command is BookCommand ? 1 : 0;
            return inner.SubmitAsync(command, cancellation);
        }
    }
}
