using System.Globalization;
using DataExchange.Domain.Listing;
using DataExchange.Reports.Words;
using DataExchange.Web.Chain;
using DataExchange.Web.Frame;
using DataExchange.Web.Pages;
using DataExchange.Web.Replay;
using DataExchange.Web.Shelf;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Serving;

// The industry chain, auctions and requirements.
public sealed partial class WebPages
{
    private async Task<MarketReplay> ReplayOfAsync(CancellationToken cancellation) => MarketReplay.Of(
        await market.DaysAsync(cancellation).ConfigureAwait(false), await market.ShelfAsync(cancellation).ConfigureAwait(false), market.Facts);

    private async Task<IResult> ReplayAsync(PageFrame frame, HttpContext context)
    {
        var replay = await ReplayOfAsync(context.RequestAborted).ConfigureAwait(false);
        if (replay.Days.Count == 0)
        {
            return PageAnswer.NotFound(frame, frame.Locale["replay.empty"]);
        }

        var (asked, day) = (context.Request.Query["at"].ToString(), replay.Days[^1].Day);
        return asked.Length > 0 && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            ? PageAnswer.Wrong(frame, "at", asked, FormattableString.Invariant($"{replay.Days[0].Day:yyyy-MM-dd} – {replay.Days[^1].Day:yyyy-MM-dd}"))
            : PageAnswer.Of<ReplayPage>(("Frame", frame), ("Replay", replay), ("Now", replay.At(day)));
    }

    // The days as they are shown, so that script and server write alike.
    private async Task<IResult> ReplayDaysAsync(HttpContext context)
    {
        var locale = context.Request.Query["language"] == Locale.Zh.Code ? Locale.Zh : Locale.En;
        var replay = await ReplayOfAsync(context.RequestAborted).ConfigureAwait(false);
        return Results.Json(replay.Days.Select(day =>
        {
            var shown = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["day"] = locale.Date(day.Day),
                ["amount"] = locale.Amount(day.AmountFen),
                ["products"] = Locale.Count(day.Products),
                ["deals"] = Locale.Count(day.Deals),
                ["dealsOnIt"] = Locale.Count(day.DealsOnIt),
                ["amountOnIt"] = locale.Amount(day.AmountOnItFen),
                ["listedOnIt"] = Locale.Count(day.ListedOnIt),
                ["disputesOnIt"] = Locale.Count(day.DisputesOnIt),
            };
            for (var i = 0; i < day.VenueFen.Count; i++)
            {
                shown[FormattableString.Invariant($"venue{i}")] = locale.Amount(day.VenueFen[i]);
            }

            return new { day = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), amountFen = day.AmountFen, shown };
        }));
    }

    private async Task<ChainMarket> ChainAsync(ShelfIndex? shelf, CancellationToken cancellation) => ChainMarket.Of(
        market.Chain, shelf ?? await market.ShelfAsync(cancellation).ConfigureAwait(false), await market.RequirementsAsync(cancellation).ConfigureAwait(false));

    private async Task<IResult> SubTrackAsync(PageFrame frame, HttpContext context)
    {
        if (market.Chain.Find(IdOf(context)) is not { Level: 3 } node)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("message.noSubTrack", IdOf(context)));
        }

        const int most = 30;
        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        var requirements = await market.RequirementsAsync(context.RequestAborted).ConfigureAwait(false);
        return PageAnswer.Of<SubTrackPage>(
            ("Frame", frame), ("Market", ChainMarket.Of(market.Chain, shelf, requirements)), ("Node", node),
            ("Products", shelf.Products.Where(product => product.SubTrack == node.Id && product.IsOnShelf).Take(most).ToArray()),
            ("Requirements", requirements.Where(one => one.SubTrack == node.Id).Take(most).ToArray()));
    }

    private async Task<IResult> AuctionsAsync(PageFrame frame, HttpContext context)
    {
        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        return PageAnswer.Of<AuctionsPage>(
            ("Frame", frame), ("All", await market.AuctionsAsync(context.RequestAborted).ConfigureAwait(false)), ("TitleOf", (Func<string, Text>)shelf.TitleOf));
    }

    private async Task<IResult> AuctionAsync(PageFrame frame, HttpContext context)
    {
        var id = IdOf(context);
        if ((await market.AuctionsAsync(context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(one => one.Id == id) is not { } auction)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("message.noAuction", id));
        }

        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        return PageAnswer.Of<AuctionPage>(
            ("Frame", frame), ("One", auction), ("Title", shelf.TitleOf(auction.Product)),
            ("Story", await market.StoryAsync("auction/" + id, context.RequestAborted).ConfigureAwait(false)));
    }

    private async Task<IResult> RequirementsAsync(PageFrame frame, HttpContext context)
    {
        var (stage, page) = (context.Request.Query["stage"].ToString(), context.Request.Query["page"].ToString());
        RequirementStage? chosen = RequirementsPage.Stages.FirstOrDefault(one => one.ToString() == stage);
        if (stage.Length > 0 && chosen == RequirementStage.None)
        {
            return PageAnswer.Wrong(frame, "stage", stage, string.Join(", ", RequirementsPage.Stages));
        }

        return NumberOf(page.Length == 0 ? "1" : page, 1, int.MaxValue) is { } number
            ? PageAnswer.Of<RequirementsPage>(
                ("Frame", frame), ("All", await market.RequirementsAsync(context.RequestAborted).ConfigureAwait(false)), ("Stage", stage.Length > 0 ? chosen : null), ("Number", (int)number))
            : PageAnswer.Wrong(frame, "page", page, $"1 – {int.MaxValue}");
    }

    private async Task<IResult> RequirementAsync(PageFrame frame, HttpContext context)
    {
        var id = IdOf(context);
        if ((await market.RequirementsAsync(context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(one => one.Id == id) is not { } requirement)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("message.noRequirement", id));
        }

        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        return PageAnswer.Of<RequirementPage>(
            ("Frame", frame), ("One", requirement), ("TitleOf", (Func<string, Text>)shelf.TitleOf),
            ("Story", await market.StoryAsync("requirement/" + id, context.RequestAborted).ConfigureAwait(false)));
    }
}
