using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Exchange.Tests;

/// <summary>An exchange that is made again from its recorded facts answers every later command as the one that recorded them.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Restored_after_any_command_a_market_goes_on_as_if_nothing_had_happened()
    {
        foreach (var market in new[] { await SmallMarket.RunAsync(), await SmallMarket.WithClaimsAsync(), await SmallMarket.WithATradedBookAsync() })
        {
            for (var after = 0; after < market.Commands.Count; after++)
            {
                await GoesOnAlike(market, after);
            }
        }
    }

    [Fact]
    public async Task Nothing_goes_to_the_sink_while_it_is_restored()
    {
        var market = await SmallMarket.RunAsync();
        var sink = new Sink();
        var exchange = new InProcessExchange(sink);
        market.Events.ForEach(exchange.Restore);
        exchange.CompleteRestore();
        Assert.Empty(sink.Events);
    }

    [Fact]
    public async Task A_history_that_does_not_fit_is_refused()
    {
        var market = await SmallMarket.RunAsync();
        var exchange = new InProcessExchange(new Sink());
        var first = market.Events[0];
        exchange.Restore(first);
        Assert.Contains("version 1 of", Assert.Throws<InvalidOperationException>(() => exchange.Restore(first)).Message, StringComparison.Ordinal);
        var later = market.Events.First(recorded => recorded.Data is RightsCertified);
        Assert.Throws<ImpossibleHistoryException>(() => new InProcessExchange(new Sink()).Restore(later with { Version = 1 }));
    }

    /// <summary>Restores the facts before a command, gives it and the later ones to the restored exchange, and compares what it records.</summary>
    internal static async Task GoesOnAlike(SmallMarket market, int after)
    {
        var sink = new Sink();
        var exchange = new InProcessExchange(sink);
        var before = market.Commands[after].Before;
        market.Events.Take(before).ToList().ForEach(exchange.Restore);
        exchange.CompleteRestore();
        foreach (var (command, _) in market.Commands.Skip(after))
        {
            await exchange.SubmitAsync(command, CancellationToken.None);
        }

        Assert.Equal(market.Events.Skip(before).Select(Text), sink.Events.Select(Text));
    }

    private static string Text(RecordedEvent recorded) => $"{recorded.Stream}@{recorded.Version} {recorded.Data}";

    private sealed class Sink : IEventSink
    {
        internal List<RecordedEvent> Events { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            Events.AddRange(events);
            return ValueTask.CompletedTask;
        }
    }
}
