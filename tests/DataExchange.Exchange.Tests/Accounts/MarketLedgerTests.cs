using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Accounts;

namespace DataExchange.Exchange.Tests.Accounts;

/// <summary>The market's books: every event of a market that is right is taken, and what they come to is what the events say.</summary>
public sealed class MarketLedgerTests : IAsyncLifetime
{
    private List<RecordedEvent> _events = [];

    public async ValueTask InitializeAsync()
    {
        _events = (await SmallMarket.RunAsync()).Events;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_trial_balance_is_zero_at_every_event()
    {
        var ledger = new MarketLedger();
        for (var i = 0; i < _events.Count; i++)
        {
            Assert.Null(ledger.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data));
            Assert.All(ledger.Book.TrialBalances(), sum => Assert.True(sum.IsBalanced, $"after event {i + 1}: {sum}"));
        }

        Assert.Null(ledger.Book.FindViolation());
        Assert.True(ledger.Book.TransferCount > 50);
    }

    [Fact]
    public async Task A_market_with_an_order_book_is_taken_whole()
    {
        var market = await SmallMarket.WithATradedBookAsync();
        var audit = new LedgerAudit();
        for (var i = 0; i < market.Events.Count; i++)
        {
            audit.Take(i + 1, market.Events[i].Stream, market.Events[i].Version, market.Events[i].Data);
        }

        Assert.Empty(audit.Complete());
        var issued = market.Of<PacksTraded>().Where(trade => trade.IsIssue).Sum(trade => trade.Quantity);
        Assert.True(issued > 0);
        Assert.Equal(-issued, NetOf(audit.Ledger, LicenceAccount.Issued(SmallMarket.Traded)));
    }

    [Fact]
    public void Accounts_come_to_what_the_events_sum_to()
    {
        var audit = new LedgerAudit();
        for (var i = 0; i < _events.Count; i++)
        {
            audit.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data);
        }

        Assert.Empty(audit.Complete());
        var paid = _events.Select(recorded => recorded.Data).OfType<FundsDeposited>().Sum(e => e.AmountFen)
            - _events.Select(recorded => recorded.Data).SelectMany(LedgerEntries.Of).Where(posting => posting.Credit == LedgerAccount.Bank).Sum(posting => posting.AmountFen);
        Assert.Equal(paid, NetOf(audit.Ledger, LedgerAccount.Bank));
    }

    [Fact]
    public void Events_given_again_change_nothing()
    {
        var (once, twice) = (new MarketLedger(), new MarketLedger());
        for (var i = 0; i < _events.Count; i++)
        {
            once.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data);
            twice.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data);
            Assert.Null(twice.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data));
        }

        Assert.Equal(once.Book.TransferCount, twice.Book.TransferCount);
        Assert.Equal(once.Book.StateHash(), twice.Book.StateHash());
    }

    [Fact]
    public void Balances_as_of_a_time_are_those_of_the_books_that_end_there()
    {
        var whole = Posted(_events.Count);
        var times = _events.Select(recorded => recorded.Data.At).Distinct().ToArray();
        foreach (var at in times)
        {
            var upTo = Posted(_events.TakeWhile(recorded => recorded.Data.At <= at).Count());
            foreach (var name in upTo.Chart.Names.Where(name => !name.StartsWith("income:", StringComparison.Ordinal) && name != ChartOfAccounts.Results))
            {
                whole.Chart.TryFind(name, out var number);
                upTo.Chart.TryFind(name, out var other);
                Assert.Equal(upTo.Book.Balance(other), whole.Book.BalanceAt(number, at.UnixSeconds));
            }
        }
    }

    [Fact]
    public void A_capture_without_its_hold_is_refused_and_posts_nothing()
    {
        var at = _events.FindIndex(recorded => recorded.Data is FundsHeld e
            && _events.Any(other => other.Data is HoldCaptured captured && captured.Deal == e.Deal));
        var deal = ((FundsHeld)_events[at].Data).Deal;
        var ledger = new MarketLedger();
        for (var i = 0; i < _events.Count; i++)
        {
            if (i == at)
            {
                continue;
            }

            var before = ledger.Book.TransferCount;
            if (ledger.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data) is { } defect)
            {
                Assert.Equal((_events[i].Stream, nameof(HoldCaptured)), (defect.Stream, defect.Event));
                Assert.Equal(deal, ((HoldCaptured)_events[i].Data).Deal);
                Assert.Contains("nothing is held", defect.Detail, StringComparison.Ordinal);
                Assert.Equal(before, ledger.Book.TransferCount);
                return;
            }
        }

        Assert.Fail("the capture was taken");
    }

    [Fact]
    public void More_than_an_account_has_is_refused()
    {
        var audit = new LedgerAudit();
        for (var i = 0; i < _events.Count; i++)
        {
            var data = _events[i].Data is FundsDeposited e ? e with { AmountFen = 1 } : _events[i].Data;
            audit.Take(i + 1, _events[i].Stream, _events[i].Version, data);
        }

        Assert.Contains(audit.Complete(), problem => problem.Contains("LedgerRefuses: FundsHeld", StringComparison.Ordinal)
            && problem.Contains("more than the account debited has (ExceedsCredits)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_is_read_from_any_entry_on_and_of_a_deal_alone()
    {
        var ledger = Posted(_events.Count);
        var journal = new Journal(ledger);
        var (all, starts) = (journal.Entries().ToArray(), journal.Starts(0).ToArray());
        Assert.Equal(all.Length, starts.Length);
        Assert.Equal(all.Skip(3).Select(entry => entry.Event), journal.EntriesFrom(starts[3]).Select(entry => entry.Event));
        Assert.Equal(starts.Skip(3), journal.Starts(starts[3]));
        var deal = all.First(entry => entry.Deal is not null).Deal;
        Assert.Equal(
            all.Where(entry => entry.Deal == deal).Select(entry => entry.Event), journal.EntriesWith((in transfer) => ledger.DealOf(transfer.Reference.Deal) == deal).Select(entry => entry.Event));
    }

    [Fact]
    public void A_journal_balances_in_each_entry_and_totals_as_the_ledger_does()
    {
        var ledger = Posted(_events.Count);
        var journal = new Journal(ledger);
        foreach (var entry in journal.Entries())
        {
            Assert.All(entry.Lines.GroupBy(line => line.Commodity), lines => Assert.Equal(0, lines.Sum(line => line.Amount)));
            Assert.Equal(entry.Lines.Count, entry.Lines.Select(line => line.Account).Distinct().Count());
            Assert.DoesNotContain(entry.Lines, line => line.Amount == 0);
        }

        foreach (var account in journal.Accounts())
        {
            var held = ledger.Chart.TryFind(account.Name, out var number) ? ledger.Book.Balance(number).DebitsPending - ledger.Book.Balance(number).CreditsPending : 0;
            if (account.Name != LedgerAccount.Escrow && !account.Name.StartsWith("liabilities:held:", StringComparison.Ordinal))
            {
                Assert.Equal(ledger.Book.Balance(number).NetDebit + held, account.Balance);
            }
        }

        Assert.Equal(NetOf(ledger, LedgerAccount.Escrow), journal.Accounts().Single(account => account.Name == LedgerAccount.Escrow).Balance);
    }

    [Fact]
    public void Years_are_closed_when_the_next_begins()
    {
        var (ledger, party) = (new MarketLedger(), new PartyId("F1"));
        Assert.Null(ledger.Take(1, "account/F1", 1, new FundsDeposited(party, 1_000) { At = SimulatedTime.On(new(2023, 12, 30)), By = party }));
        var terms = new DistributionTerms(SmallMarket.Hzdex, SmallMarket.Seller, 250, 600, []);
        Assert.Null(ledger.Take(2, "account/F1", 2, new FundsHeld(party, new("D1"), 1_000) { At = SimulatedTime.On(new(2023, 12, 30)), By = party }));
        Assert.Null(ledger.Take(3, "account/F1", 3, new HoldCaptured(party, new("D1"), 1_000) { At = SimulatedTime.On(new(2023, 12, 30)), By = party }));
        Assert.Null(ledger.Take(4, "settlement/D1", 1, new DealSettled(new("D1"), terms.Distribute(new(1_000))) { At = SimulatedTime.On(new(2023, 12, 31)), By = party }));
        Assert.Equal(-25, NetOf(ledger, LedgerAccount.Fees(SmallMarket.Hzdex)));
        Assert.Null(ledger.Take(5, "account/F1", 4, new FundsDeposited(party, 1) { At = SimulatedTime.On(new(2025, 1, 1)), By = party }));
        Assert.Equal(0, NetOf(ledger, LedgerAccount.Fees(SmallMarket.Hzdex)));
        Assert.Equal(-25, NetOf(ledger, ChartOfAccounts.Results));
        Assert.Equal(2, ledger.Book.Closings.Count());
    }

    private MarketLedger Posted(int events)
    {
        var ledger = new MarketLedger();
        for (var i = 0; i < events; i++)
        {
            Assert.Null(ledger.Take(i + 1, _events[i].Stream, _events[i].Version, _events[i].Data));
        }

        return ledger;
    }

    private static long NetOf(MarketLedger ledger, string account) =>
        ledger.Chart.TryFind(account, out var number) ? ledger.Book.Balance(number).NetDebit : 0;
}
