using DataExchange.Matching;
using DataExchange.Matching.Tests;
using DataExchange.Matching.Tests.Model;
using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Mutants;

/// <summary>A sequence of the model test with what the naive engine says of it, kept: it need not be asked again for every mutant.</summary>
internal sealed class PlayedSequence
{
    private readonly List<(Command Command, ExecutionReport[] Reports, StillEngine? State)> _steps = [];

    public PlayedSequence(int seed)
    {
        var naive = new NaiveEngine(World.Limits);
        var generator = new CommandGenerator(seed, naive);
        var length = 300 + (seed * 37 % 1_000);
        for (var step = 1; step <= length; step++)
        {
            var command = generator.Next();
            ExecutionReport[] reports = [.. naive.Apply(command)];
            _steps.Add((command, reports, step % 100 == 0 || step == length ? new StillEngine(naive) : null));
        }
    }

    public void Compare()
    {
        var tested = new FastEngine(World.Limits);
        foreach (var (command, reports, state) in _steps)
        {
            var difference = Sequence.Difference(reports, tested.Apply(command)) ?? (state is null ? null : Sequence.Difference(state, tested));
            Assert.True(difference is null, difference);
        }
    }
}

/// <summary>The answers of an engine at one moment.</summary>
internal sealed class StillEngine(IEngine of) : IEngine
{
    private static readonly IEnumerable<int> Accounts = Enumerable.Range(0, World.Limits.Accounts);
    private static readonly IEnumerable<int> Instruments = Enumerable.Range(0, World.Limits.Instruments);
    private readonly AccountFunds[] _funds = [.. Accounts.Select(of.FundsOf)];
    private readonly ProductRights[] _rights = [.. Enumerable.Range(0, World.Limits.Products).Select(of.RightsOf)];
    private readonly Phase[] _phases = [.. Instruments.Select(of.PhaseOf)];
    private readonly int[] _last = [.. Instruments.Select(of.LastPriceOf)];
    private readonly AccountUnits[][] _units = [.. Accounts.Select(account => Instruments.Select(instrument => of.UnitsOf(account, instrument)).ToArray())];
    private readonly BookOrder[][][] _orders = BySide<BookOrder[][]>(side => [.. Instruments.Select(instrument => of.OrdersOf(instrument, side).ToArray())]);
    private readonly DepthLevel[][][] _depth = BySide<DepthLevel[][]>(side => [.. Instruments.Select(instrument => of.DepthOf(instrument, side).ToArray())]);

    public IReadOnlyList<ExecutionReport> Apply(in Command command) => throw new NotSupportedException();

    public AccountFunds FundsOf(int account) => _funds[account];

    public AccountUnits UnitsOf(int account, int instrument) => _units[account][instrument];

    public ProductRights RightsOf(int product) => _rights[product];

    public Phase PhaseOf(int instrument) => _phases[instrument];

    public int LastPriceOf(int instrument) => _last[instrument];

    public IReadOnlyList<BookOrder> OrdersOf(int instrument, Side side) => _orders[(int)side][instrument];

    public IReadOnlyList<DepthLevel> DepthOf(int instrument, Side side) => _depth[(int)side][instrument];

    private static T[] BySide<T>(Func<Side, T> of) => [of(Side.Buy), of(Side.Sell)];
}
