using DataExchange.Domain;
using DataExchange.Domain.Listing;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    // When all else is over, so that it shifts no draw: requirements that go on side by side and end in every way.
    private void Ask(int seed)
    {
        var random = new Random(seed);
        var asked = _traders.Take(6).Select((buyer, number) => (Id: new RequirementId($"R{number:000}"), Buyer: buyer)).ToArray();
        for (var round = 0; round < 5; round++)
        {
            foreach (var (id, buyer) in asked)
            {
                _now = _now.AddDays(random.Next(20));
                Submit(round == 0 ? Post(id, buyer) : random.Next(6) switch
                {
                    0 => new WithdrawRequirement(id) { At = _now, By = buyer },
                    1 or 2 => new LapseRequirement(id) { At = _now, By = Venue.By },
                    3 => new MeetRequirement(id, new("P000001"), new("D1")) { At = _now, By = buyer },
                    _ => Answer(id),
                });
            }
        }

        PostRequirement Post(RequirementId id, PartyId buyer) => new(
            id, Venues[random.Next(Venues.Length)], buyer, $"求购数据 {random.Next(9)}", "chip", random.Next(2) == 0 ? "industry" : "public",
            random.Next(2) == 0 ? ProductForm.Dataset : null, random.Next(2) == 0 ? LicenceKind.OpenEnded : null, random.Next(90), 1 + random.Next(900_000),
            _now.AddDays(10 + random.Next(60))) { At = _now, By = buyer };

        AnswerRequirement Answer(RequirementId id)
        {
            var count = random.Next(3);
            return new(
                id, "bm25-chain.1",
                [.. Enumerable.Range(0, count).Select(place => new RankedProduct(new($"P{place:000000}"), 9_000 - place, random.Next(10_000), 5_000, 10_000, 8_000, 100))],
                10, 3, random.Next(count, 4), count) { At = _now, By = Venue.By };
        }
    }

    private void Submit(Command command)
    {
        var submitted = _exchange.SubmitAsync(command, CancellationToken.None);
        Assert.True(submitted.IsCompletedSuccessfully);
    }
}
