using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Simulation;

namespace DataExchange.Services.Tests;

public sealed class CommandCodecTests
{
    [Fact]
    public async Task Every_command_of_a_market_says_the_same_after_the_way()
    {
        var seen = new Seen();
        await SimulationRun.ExecuteAsync(SmallMarket.Scenario, SmallMarket.Source, SmallMarket.Seed, seen, null, TestContext.Current.CancellationToken);
        var facts = await SmallMarket.FactsAsync();
        Command[] commands = [.. seen.Commands, .. facts.SelectMany(fact => Reactions.To(fact.Data))];

        foreach (var command in commands)
        {
            var json = CommandCodec.Write(command);
            var read = CommandCodec.Read(CommandCodec.NameOf(command), CommandCodec.WriteUtf8(command));

            Assert.Equal(command.GetType(), read.GetType());
            Assert.Equal(command.Stream, read.Stream);
            Assert.Equal(command.At, read.At);
            Assert.Equal(json, CommandCodec.Write(read));
        }

        Assert.True(commands.Select(command => command.GetType()).Distinct().Count() > 40);
    }

    private sealed class Seen : IExchange, IEventSink
    {
        private readonly InProcessExchange _exchange;

        public Seen() => _exchange = new InProcessExchange(this);

        internal List<Command> Commands { get; } = [];

        public ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
        {
            Commands.Add(command);
            return _exchange.SubmitAsync(command, cancellation);
        }

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
