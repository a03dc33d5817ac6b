using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Market;
using DataExchange.Web.Replay;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Tests;

/// <summary>The whole market day by day, and played in the browser.</summary>
public sealed class MarketReplayTests(OpenedMarket market)
{
    [Fact]
    public void Every_day_has_its_own_and_what_came_together_before()
    {
        var facts = new MarketFacts
        {
            Title = Text.Same("t"), Scenario = "s", Seed = 1, Scale = 1, Venues = [new VenueName("v", Text.Same("v")), new VenueName("w", Text.Same("w"))],
            Categories = new Dictionary<string, Text>(), SubTracks = new Dictionary<string, Text>(),
        };
        VenueDay[] days =
        [
            new() { Id = "2", Venue = "w", Day = new(2024, 5, 4), ShelfDeals = 1, ShelfAmountFen = 7, Disputes = 1 },
            new() { Id = "1", Venue = "v", Day = new(2024, 5, 1), ShelfDeals = 2, ShelfAmountFen = 100, AuctionDeals = 1, AuctionAmountFen = 5 },
            new() { Id = "3", Venue = "v", Day = new(2024, 5, 4), FiledContracts = 1, FiledContractAmountFen = 1_000 },
        ];
        var at = new DateTimeOffset(2024, 5, 2, 0, 30, 0, TimeSpan.FromHours(8));
        var shelf = ShelfIndex.Of(
            [.. facts.Venues.Select(venue => venue.Id).Select(venue => new ShelfEntry { Id = venue + "/P", Venue = venue, Product = "P", ListedAt = at, Status = ShelfStatus.Listed })], Text.Same, _ => DataRights.None);

        var replay = MarketReplay.Of(days, shelf, facts);

        Assert.Equal(
            [(1, 3L, 105L, 0), (2, 3L, 105L, 1), (3, 3L, 105L, 1), (4, 5L, 1_112L, 1)],
            replay.Days.Select(day => (day.Day.Day, day.Deals, day.AmountFen, day.Products)));
        Assert.Equal((2L, 1_007L, 1L), (replay.Days[3].DealsOnIt, replay.Days[3].AmountOnItFen, replay.Days[3].DisputesOnIt));
        Assert.Equal([1_105L, 7L], replay.Days[3].VenueFen);
        Assert.Equal((new DateOnly(2024, 5, 1), new DateOnly(2024, 5, 4)), (replay.At(new(2000, 1, 1)).Day, replay.At(new(2100, 1, 1)).Day));
        Assert.Empty(MarketReplay.Of([], ShelfIndex.Of([], Text.Same, _ => DataRights.None), facts).Days);
    }

    [Fact]
    public async Task It_plays_pauses_jumps_and_ends_with_the_sums_of_the_overview()
    {
        await using var seen = await market.SeeAsync("/en/replay?at=2023-01-01");
        var page = seen.Page;
        await seen.ShowsAsync("#replay-play");
        Assert.Equal("1 Jan 2023", await page.InnerTextAsync("[data-replay=day]"));
        await page.SelectOptionAsync("#replay-speed", "365");
        await page.ClickAsync("#replay-play");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-replay=day]').textContent.endsWith('2024')", null, new() { PollingInterval = 50 });
        await page.ClickAsync("#replay-play");
        var paused = await page.InnerTextAsync("[data-replay=day]");
        await page.WaitForTimeoutAsync(300);
        Assert.Equal(paused, await page.InnerTextAsync("[data-replay=day]"));
        Assert.Contains("?at=202", page.Url);
        // What the script shows is what the server shows of the same day.
        await using (var without = await market.SeeAsync(new Uri(page.Url).PathAndQuery, withScript: false))
        {
            foreach (var part in new[] { "day", "amount", "products", "deals", "dealsOnIt", "venue0" })
            {
                Assert.Equal(await page.TextContentAsync($"[data-replay={part}]"), await without.Page.TextContentAsync($"[data-replay={part}]"));
            }

            var (drawn, made) = ((await page.GetAttributeAsync("#replay-line", "d"))!, (await without.Page.GetAttributeAsync("#replay-line", "d"))!);
            Assert.Equal(drawn.Split('L').Length, made.Split('L').Length);
        }

        await page.FillAsync("#at", await page.GetAttributeAsync("#at", "max") ?? "");
        await page.ClickAsync("#replay-form [type=submit]");
        var amount = await page.InnerTextAsync("[data-replay=amount]");
        await page.GotoAsync(market.Url + "/en/");
        Assert.Contains(amount, await page.InnerTextAsync(".tiles"));
        Assert.Empty(seen.Complaints);
    }
}
