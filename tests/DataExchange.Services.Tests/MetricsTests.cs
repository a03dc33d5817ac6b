using System.Diagnostics.Metrics;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>What running services count, compared with what the store says.</summary>
public sealed class MetricsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_is_counted_is_what_was_recorded_and_the_books_refuse_what_cannot_be()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(2), cancellation);
        var before = await SmallMarket.FactsAsync();
        var (offers, now) = (LiveTests.Offers(before), before[^1].Data.At.AddSeconds(60));
        using var figures = new Figures(services.Metrics);
        // Before anything happened: a rate needs a first value.
        Assert.Equal(0, figures.Read("dx_put_aside_total", "settlement"));
        Assert.Equal(0, figures.Read("dx_matches_total"));
        await LiveTests.BuyersAsync(services.Sender, now, cancellation);
        await services.RestAsync(cancellation);
        var orders = Enumerable.Range(0, 30).Select(number =>
        {
            var (product, venue) = offers[number % offers.Count];
            var buyer = LiveTests.Buyer(number);
            // Each third deal has a name that is taken: the order is refused.
            return (Id: LiveTests.Id(1, number), Command: new PlaceOrder(
                product, new DealId($"M{number - (number % 3 == 2 ? 1 : 0):0000}"), venue, buyer, null, TradeChannel.Shelf, 1, null) { At = now, By = buyer });
        }).ToArray();

        await Task.WhenAll(orders.Select(order => services.Sender.SendAsync(order.Id, order.Command, cancellation)));
        await services.Sender.SendAsync(orders[0].Id, orders[0].Command, cancellation);
        await services.RestAsync(cancellation);

        var matched = (await services.FactsAsync(cancellation)).Skip(before.Count).Count(fact => fact.Data is OrderMatched);
        Assert.InRange(matched, 5, 29);
        Assert.Equal((30, matched), (figures.Read("dx_orders_total"), figures.Read("dx_matches_total")));
        Assert.Equal(1, figures.Read("dx_commands_total", "trading-0", "repeated") + figures.Read("dx_commands_total", "trading-1", "repeated"));
        Assert.Equal(figures.Seconds, figures.Sum("dx_commands_total"));
        // The feed's owner looks once a second.
        await figures.UntilAsync("dx_ledger_imbalance_fen", 0, cancellation);
        foreach (var partition in (string[])["rights", "trading-0", "trading-1", "settlement"])
        {
            await figures.UntilAsync("dx_queue_messages", 0, cancellation, "dx-" + partition);
        }

        await figures.UntilAsync("dx_feed_lag_events", 0, cancellation);
        await services.SpoilAsync(new HoldReleased(new PartyId("nobody"), new DealId("none"), 5) { At = now, By = new PartyId("nobody") }, "account/nobody", cancellation);
        await services.Sender.SendAsync(LiveTests.Id(7, 1), new DepositFunds(LiveTests.Buyer(1), 7) { At = now, By = LiveTests.Buyer(1) }, cancellation);

        await figures.UntilAsync("dx_ledger_imbalance_fen", 5, cancellation);
        Assert.Equal(1, figures.Read("dx_ledger_refused_facts"));
        // Its own commands cannot be handled any more, and that is counted too.
        var lost = new DepositFunds(new PartyId("nobody"), 1) { At = now, By = new PartyId("nobody") };
        await Assert.ThrowsAsync<CommandPutAsideException>(() => services.Sender.SendAsync(LiveTests.Id(7, 2), lost, cancellation));
        Assert.Equal(1, figures.Read("dx_put_aside_total", "settlement"));
    }

    private sealed class Figures : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
        private long _seconds;

        internal Figures(ServiceMetrics metrics)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, metrics.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (instrument.IsObservable)
                {
                    _values[string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => tag.Value)])] = value;
                }
            });
            _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Interlocked.Add(ref _seconds, instrument.Name == "dx_command_seconds" ? 1 : 0));
            _listener.Start();
        }

        /// <summary>How often the time of a command was taken.</summary>
        internal long Seconds => Interlocked.Read(ref _seconds);

        internal long? Read(string name, params string[] labels)
        {
            _values.Clear();
            _listener.RecordObservableInstruments();
            return _values.TryGetValue(string.Join(' ', [name, .. labels]), out var value) ? value : null;
        }

        internal long Sum(string name)
        {
            Read(name);
            return _values.Where(one => one.Key.StartsWith(name + " ", StringComparison.Ordinal)).Sum(one => one.Value);
        }

        internal async Task UntilAsync(string name, long value, CancellationToken cancellation, params string[] labels)
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(TimeSpan.FromSeconds(20));
            while (Read(name, labels) != value)
            {
                Assert.False(late.IsCancellationRequested, $"{name} {string.Join(' ', labels)} is {Read(name, labels)}, not {value}");
                await Task.Delay(100, cancellation);
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
