using System.Collections.Concurrent;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.PrivateServers;
using DataExchange.Services.Auditing;
using DataExchange.Services.Messages;
using DataExchange.Testing;
using DataExchange.Trust;

namespace DataExchange.Services.Tests;

/// <summary>
/// Auditors share streams out by the broker's consistent-hash exchange: each stream has one at a time, who follows it in its order; when one is gone the others
/// have its streams, and nothing is left out.
/// </summary>
[Collection(BrokerCollection.Name)]
public sealed class AuditTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private const int Accounts = 120;
    private static readonly SimulatedTime Now = SimulatedTime.On(new(2026, 3, 2));

    [Fact]
    public async Task Every_stream_is_followed_by_one_auditor_in_order_and_by_another_when_that_one_is_gone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await StartAsync(cancellation);
        var heard = new ConcurrentQueue<(string Auditor, StreamAudited Part)>();
        await using var first = await AuditorAsync(services, "first", heard, cancellation);
        await using var second = await AuditorAsync(services, "second", heard, cancellation);
        var third = await AuditorAsync(services, "third", heard, cancellation);
        await UntilToldAsync(services, cancellation);

        await DepositAsync(services, 4, cancellation);
        await UntilAuditedAsync(services, cancellation);
        var parts = heard.ToArray();

        // Each has some, none has all; and whoever has a stream has it from its first fact on.
        Assert.Equal(["first", "second", "third"], parts.Select(part => part.Auditor).Distinct().Order(StringComparer.Ordinal));
        foreach (var slot in parts.GroupBy(part => AuditTable.SlotOf(part.Part.Stream)))
        {
            Assert.Single(slot.Select(part => part.Auditor).Distinct());
        }

        EachIsInOrder(parts, expected: 4);

        // As by a power cut: the connection is gone and with it the queue, whatever waits in it.
        third.Way.Cut();
        await DepositAsync(services, 5, cancellation);
        await UntilAuditedAsync(services, cancellation);
        var after = heard.Skip(parts.Length).ToArray();

        Assert.DoesNotContain(after, part => part.Auditor == "third");
        // The broker numbers its buckets anew: streams of those that stayed may change hands too.
        var before = parts.ToLookup(part => part.Part.Stream, part => part.Auditor);
        var moved = after.Where(part => before[part.Part.Stream].First() is var had && had != "third" && had != part.Auditor).Select(part => part.Part.Stream).Distinct().Count();
        TestContext.Current.SendDiagnosticMessage($"{moved} of {Accounts} streams moved between auditors that stayed");
        foreach (var stream in after.GroupBy(part => part.Part.Stream))
        {
            // Nothing is passed over: whoever takes a stream over follows it from its beginning, or from where it had got to itself.
            Assert.Equal(9, stream.Max(part => part.Part.LastVersion));
            Assert.All(stream, part => Assert.True(
                part.Part.FirstVersion == 1 || heard.Any(other => other.Auditor == part.Auditor && other.Part.Stream == part.Part.Stream && other.Part.LastVersion == part.Part.FirstVersion - 1)));
        }

        Assert.Equal(Accounts, after.Select(part => part.Part.Stream).Distinct().Count());
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
        await third.DisposeAsync();
    }

    [Fact]
    public async Task What_an_auditor_had_taken_and_not_come_to_is_followed_by_the_others()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await StartAsync(cancellation);
        var heard = new ConcurrentQueue<(string Auditor, StreamAudited Part)>();
        // It takes messages and never comes to an end with them.
        await using var way = FaultProxy.To(rabbit.Broker.Nodes[0].Port);
        await using var stuck = await ConnectAsync(services.Bus.Store, way);
        var taken = 0;
        await stuck.ReceiveShareAsync<StreamsGrew>(async _ =>
        {
            Interlocked.Increment(ref taken);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await using var other = await AuditorAsync(services, "other", heard, cancellation);
        await UntilToldAsync(services, cancellation);

        await DepositAsync(services, 3, cancellation);
        for (var tries = 0; Volatile.Read(ref taken) == 0 || heard.IsEmpty; tries++)
        {
            Assert.True(tries < 300, "one of the two got nothing");
            await Task.Delay(100, cancellation);
        }

        way.Cut();
        await UntilAuditedAsync(services, cancellation);

        Assert.Equal(Accounts, heard.Select(part => part.Part.Stream).Distinct().Count());
        EachIsInOrder([.. heard], expected: 3);
    }

    [Fact]
    public async Task A_stored_fact_that_breaks_a_rule_is_shown_and_the_rest_is_audited()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await StartAsync(cancellation);
        var heard = new ConcurrentQueue<(string Auditor, StreamAudited Part)>();
        await using var auditor = await AuditorAsync(services, "one", heard, cancellation);
        await UntilToldAsync(services, cancellation);
        await DepositAsync(services, 1, cancellation);
        await services.SpoilAsync(new HoldReleased(new PartyId("nobody"), new DealId("none"), 5) { At = Now, By = new PartyId("nobody") }, "account/nobody", cancellation);
        await DepositAsync(services, 1, cancellation);
        await UntilAuditedAsync(services, cancellation);

        var shelf = new QuarantineShelf(services.Database);
        var finding = Assert.Single(await shelf.ListAsync(cancellation));
        Assert.Equal(("finding", "audit"), (finding.Kind, finding.Partition));
        Assert.StartsWith("account/nobody version 1: ", finding.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => shelf.ReplayAsync(finding, services.Sender, cancellation));
        Assert.Equal(Accounts + 1, heard.Select(part => part.Part.Stream).Distinct().Count());
    }

    [Fact]
    public async Task Within_one_process_everything_is_audited_too_and_again_from_where_it_was_after_a_stop()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var heard = new ConcurrentQueue<(string Auditor, StreamAudited Part)>();
        var options = RunningServices.Options(services: ["settlement", ServiceOptions.Feed, ServiceOptions.Audit]) with { Audited = part => heard.Enqueue(("here", part)) };
        await using var services = await RunningServices.StartAsync(postgres, true, options, cancellation);
        await UntilToldAsync(services, cancellation);
        await DepositAsync(services, 2, cancellation);
        await UntilAuditedAsync(services, cancellation);
        await services.StopAsync();
        EachIsInOrder([.. heard], expected: 2);
        heard.Clear();

        // Recorded while nobody audits.
        await services.StartAsync(options with { Services = ["settlement", ServiceOptions.Feed] }, cancellation);
        await DepositAsync(services, 3, cancellation);
        await services.DrainAsync(cancellation);
        await services.StopAsync();
        Assert.Empty(heard);
        await services.StartAsync(options, cancellation);
        await UntilAuditedAsync(services, cancellation);

        EachIsInOrder([.. heard], expected: 5);
    }

    private static void EachIsInOrder(IReadOnlyCollection<(string Auditor, StreamAudited Part)> parts, int expected)
    {
        Assert.Equal(Accounts, parts.Select(part => part.Part.Stream).Distinct().Count());
        foreach (var stream in parts.GroupBy(part => (part.Auditor, part.Part.Stream)))
        {
            Assert.Equal(
                stream.Select(part => part.Part.LastVersion + 1).Prepend(1).SkipLast(1), stream.Select(part => part.Part.FirstVersion));
            Assert.Equal(expected, stream.Last().Part.LastVersion);
        }
    }

    // Until the feed knows that there are auditors.
    private static async Task UntilToldAsync(RunningServices services, CancellationToken cancellation) =>
        await Task.Delay(RunningServices.Options().Patience + TimeSpan.FromSeconds(1), cancellation);

    private static async Task UntilAuditedAsync(RunningServices services, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var last = new Dictionary<int, long>();
            var facts = await services.FactsAsync(cancellation);
            for (var i = 0; i < facts.Count; i++)
            {
                last[AuditTable.SlotOf(facts[i].Stream)] = i + 1;
            }

            var audited = await new AuditTable(services.Database).ReadAsync(isThere: false, cancellation);
            if (audited is not null && last.All(slot => audited[slot.Key] >= slot.Value))
            {
                return;
            }

            Assert.True(tries < 300, "not everything is audited");
            await Task.Delay(100, cancellation);
        }
    }

    private static async Task DepositAsync(RunningServices services, int times, CancellationToken cancellation)
    {
        for (var time = 0; time < times; time++)
        {
            await Task.WhenAll(Enumerable.Range(0, Accounts).Select(number =>
                services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(new($"p{number}"), 5) { At = Now, By = new($"p{number}") }, cancellation)));
        }
    }

    private Task<ServiceBus> ConnectAsync(string store) => ServiceBus.StartRabbitMqAsync(rabbit.Broker.Uris, isReplicated: false, store, TestContext.Current.CancellationToken);

    private Task<ServiceBus> ConnectAsync(string store, FaultProxy way) =>
        ServiceBus.StartRabbitMqAsync([way.Through(rabbit.Broker.Uri)], isReplicated: false, store, TestContext.Current.CancellationToken);

    private async Task<RunningServices> StartAsync(CancellationToken cancellation)
    {
        var services = await RunningServices.PrepareAsync(postgres, true, cancellation, ConnectAsync);
        await services.StartAsync(RunningServices.Options(services: ["settlement", ServiceOptions.Feed]), cancellation);
        return services;
    }

    private async Task<Auditor> AuditorAsync(
        RunningServices services, string name, ConcurrentQueue<(string Auditor, StreamAudited Part)> heard, CancellationToken cancellation)
    {
        var way = FaultProxy.To(rabbit.Broker.Nodes[0].Port);
        var bus = await ConnectAsync(services.Bus.Store, way);
        var options = RunningServices.Options(services: [ServiceOptions.Audit]) with { Owner = name, Audited = part => heard.Enqueue((name, part)) };
        var keys = SmallMarket.Keys();
        var metrics = new ServiceMetrics();
        var running = await ExchangeServices.StartAsync(services.Database, bus, keys, metrics, options, cancellation);
        await running.WaitUntilOwnerAsync(cancellation);
        return new Auditor(way, bus, running, keys, metrics);
    }

    private sealed class Auditor(FaultProxy way, ServiceBus bus, ExchangeServices services, VenueKeys keys, ServiceMetrics metrics) : IAsyncDisposable
    {
        internal FaultProxy Way => way;

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await bus.DisposeAsync();
            await way.DisposeAsync();
            keys.Dispose();
            metrics.Dispose();
        }
    }
}
