using System.Text.Json;
using CsCheck;
using DataExchange.Domain.Settlement;

namespace DataExchange.Domain.Tests.Exchange;

public sealed class ModelTests
{
    private static readonly Gen<RandomWalk.Draw[]> Walks =
        Gen.Select(Gen.Int[0, 29], Gen.Int[0, 2], Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 49],
            (kind, product, deal, party, number) => new RandomWalk.Draw(kind, product, deal, party, number)).Array[1, 120];

    private static readonly string[] Ends =
    [
        "DealCompleted", "DealCancelled", "DisputeUpheld", "DisputeDismissed", "NegotiationTerminated", "AcceptanceTimedOut",
        "PeriodSettled", "UsageRefused", "FiledContractRecorded", "OfferWithdrawn", "OfferExtended", "OfferTermsChanged",
        "CertificateExpired", "CertificateRevoked", "RightsTransferred", "HoldRefused", "OrderRejected", "LicenceRevoked",
        "ListingRefused", "ClaimDismissed", "DealChargedBack", "ProceedsPaidOut", "ProceedsOffset",
    ];

    /// <summary>What must always hold is checked in <see cref="RecordedMarket"/>, after every command.</summary>
    [Fact]
    public void The_exchange_accepts_what_the_books_accept_and_keeps_every_rule() =>
        Walks.Sample(walk => Run(walk), iter: 3_000);

    [Fact]
    public void The_same_commands_record_the_same_facts() =>
        Walks.Sample(walk => Assert.Equal(Text(Run(walk)), Text(Run(walk))), iter: 100);

    [Fact]
    public void The_walks_reach_every_end()
    {
        var seen = new Dictionary<string, int>();
        Walks.Sample(
            walk =>
            {
                foreach (var fact in Run(walk).Facts)
                {
                    seen[fact.GetType().Name] = seen.GetValueOrDefault(fact.GetType().Name) + 1;
                }
            }, iter: 2_000, threads: 1);
        Assert.Empty(Ends.Except(seen.Keys));
    }

    private static RecordedMarket Run(RandomWalk.Draw[] draws)
    {
        var (market, books) = (new RecordedMarket(), new NaiveMarket());
        var walk = new RandomWalk(books);
        foreach (var command in walk.Opening().Concat(draws.SelectMany(walk.Commands)))
        {
            var expected = books.Accepts(command);
            var outcome = market.Submit(command);
            Assert.True(expected == outcome.Accepted,
                $"{command}: the books {(expected ? "accept" : "refuse")} it, the exchange says {outcome.Rejection?.ToString() ?? "accepted"}");
            Assert.All(books.Free, account => Assert.Equal(account.Value, market.Available(account.Key)));
            Assert.All(books.Payable, account => Assert.Equal(account.Value, market.Balance(LedgerAccount.Payable(account.Key))));
            Assert.All(books.Owed, account => Assert.Equal(account.Value, -market.Balance(LedgerAccount.Receivable(account.Key))));
        }

        return market;
    }

    private static string Text(RecordedMarket market) =>
        string.Join('\n', market.Recorded.Select(r => $"{r.Stream} {r.Version} {JsonSerializer.Serialize(r.Data, r.Data.GetType())}"));
}
