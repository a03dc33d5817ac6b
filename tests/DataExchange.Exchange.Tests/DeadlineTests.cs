using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public async Task What_is_due_is_said_when_it_is_due_and_not_a_second_before()
    {
        var tried = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var market in (SmallMarket[])[await SmallMarket.RunAsync(), await SmallMarket.RunSandboxAsync(), await SmallMarket.RunRequirementsAsync(), await SmallMarket.WithPricePoliciesAsync()])
        {
            var states = new Dictionary<string, object>();
            foreach (var fact in market.Events)
            {
                var kind = StreamKind.Of(fact.Stream);
                var state = states[fact.Stream] = kind.Evolve(states.GetValueOrDefault(fact.Stream, kind.Initial), fact.Data);
                if (Deadlines.Of(fact.Stream, state) is not { } deadline || kind.Name == "book")
                {
                    continue;
                }

                var said = kind.Decide(Deadlines.CommandOf(deadline, deadline.Due), state);
                var before = kind.Decide(Deadlines.CommandOf(deadline, deadline.Due.AddSeconds(-1)), state);

                Assert.True(said.Events.Count > 0, $"{deadline}: {said.Rejection}");
                // A trial may be ended before its time, by order of the venue: only its record tells the two apart.
                Assert.True(before.Rejection is not null || deadline.Command == nameof(EndSandbox), $"{deadline} a second before");
                Assert.Equal(deadline.Stream, Deadlines.CommandOf(deadline, deadline.Due).Stream);
                Assert.Null(Deadlines.Of(fact.Stream, said.Events.Aggregate(state, kind.Evolve)) is { } next && next.Command == deadline.Command && next.Due == deadline.Due ? next : null);
                tried.Add(deadline.Command);
            }
        }

        Assert.Equal([nameof(ChargeOverdueRevenue), nameof(EndSandbox), nameof(ExpireCertificate), nameof(LapseRequirement), nameof(ReportLateDelivery), nameof(TimeOutAcceptance)], tried);
    }

    [Fact]
    public async Task A_book_comes_due_when_an_order_in_it_expires_and_when_its_certificate_ends()
    {
        var market = await SmallMarket.WithATradedBookAsync();
        var tried = new SortedSet<string>(StringComparer.Ordinal);
        var table = new StreamTable();
        foreach (var stream in market.Events.Where(fact => fact.Stream.StartsWith("book/", StringComparison.Ordinal)).GroupBy(fact => fact.Stream))
        {
            var facts = stream.ToList();
            for (var count = 1; count <= facts.Count; count++)
            {
                // A book may be asked only where a command ended.
                if (!market.CommandEnds.Contains(market.Events.IndexOf(facts[count - 1]) + 1))
                {
                    continue;
                }

                table.Unload(stream.Key);
                table.Load(stream.Key, facts[..count]);
                if (table.DeadlineOf(stream.Key) is not { } deadline)
                {
                    continue;
                }

                table.Forget();
                var said = (BookCommand)Deadlines.CommandOf(deadline, deadline.Due);
                var closing = table.DueBefore(said);
                table.Handle(closing ?? said);

                Assert.NotEmpty(table.Recorded);
                tried.Add(closing is null ? "advance" : "close");
            }
        }

        Assert.Equal(["advance", "close"], tried);
    }
}
