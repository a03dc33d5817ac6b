using System.Globalization;
using DataExchange.Domain;
using DataExchange.Web.Floor.Live;
using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Frame;
using DataExchange.Web.Market;
using DataExchange.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Web.Floor;

/// <summary>The addresses of the trading floor (交易大厅): the order books of the store, to be played again, and the sandbox.</summary>
/// <param name="market">The market.</param>
/// <param name="frameOf">What a page knows of where it stands.</param>
/// <param name="sessions">The visits.</param>
internal sealed class FloorRoutes(IMarketSource market, Func<HttpContext, Locale, PageFrame> frameOf, SandboxSessions sessions) : IDisposable
{
    private readonly FloorLive _live = new(market);

    /// <summary>How a moment is written in an address; a day alone is the day's first fact.</summary>
    internal const string MomentAllowed = "2025-03-31, 2025-03-31T09:30, 2025-03-31T09:30:00";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    private readonly BookHistories _histories = new(market);

    /// <inheritdoc />
    public void Dispose()
    {
        _live.Dispose();
        _histories.Dispose();
    }

    /// <summary>Maps them. They end with their host.</summary>
    /// <param name="pages">The group of all pages.</param>
    internal void Map(IEndpointRouteBuilder pages)
    {
        pages.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(Dispose);
        foreach (var locale in new[] { Locale.Zh, Locale.En })
        {
            pages.MapGet($"/{locale.Code}/floor", (Delegate)((HttpContext context) => BooksAsync(frameOf(context, locale), context)));
            pages.MapGet($"/{locale.Code}/floor/{{id}}", (Delegate)((HttpContext context) => BookAsync(frameOf(context, locale), context)));
        }

        pages.MapGet("/web/floor/books/{id}", (Delegate)DayAsync);
        _live.MapNews(pages);
        new SandboxRoutes(frameOf, _live.Hall, sessions).Map(pages);
    }

    private async Task<IResult> BooksAsync(PageFrame frame, HttpContext context) =>
        PageAnswer.Of<FloorPage>(
            ("Frame", frame), ("Books", await market.BooksAsync(context.RequestAborted).ConfigureAwait(false)),
            ("News", await market.NewestAsync(0, MarketFeed.Most, context.RequestAborted).ConfigureAwait(false)));

    private async Task<IResult> BookAsync(PageFrame frame, HttpContext context)
    {
        var (id, asked) = (IdOf(context), context.Request.Query["at"].ToString());
        var (moment, day) = (MomentOf(asked), DayOf(asked));
        if (asked.Length > 0 && moment is null && day is null)
        {
            return PageAnswer.Wrong(frame, "at", asked, MomentAllowed);
        }

        var books = await market.BooksAsync(context.RequestAborted).ConfigureAwait(false);
        var answer = await _histories.AskAsync(
            id,
            history =>
            {
                var at = moment ?? (day is { } date ? history.BeginningOf(date) : history.LastTrade);
                if (history.At(at) is not { } seen)
                {
                    return PageAnswer.Wrong(frame, "at", asked, $"{history.FirstDay:yyyy-MM-dd} –");
                }

                var title = books.FirstOrDefault(book => book.Product == id)?.Title ?? Reports.Words.Text.Same(id);
                return PageAnswer.Of<BookPage>(
                    ("Frame", frame), ("Product", id), ("Title", title), ("At", at), ("Seen", seen), ("Beside", history.Beside(at.Date)), ("Facts", history.Count),
                    ("First", history.FirstDay), ("Last", history.LastDay), ("Deviation", history.Deviation));
            },
            context.RequestAborted).ConfigureAwait(false);
        return answer ?? PageAnswer.NotFound(frame, frame.Locale.With("message.noBook", id));
    }

    // A day's frames, for the script that plays them.
    private async Task<IResult> DayAsync(HttpContext context)
    {
        var (id, asked) = (IdOf(context), context.Request.Query["day"].ToString());
        if (DayOf(asked) is not { } day)
        {
            return Results.Text($"day: '{asked}' is not allowed; allowed: a day such as 2025-03-31.\n", statusCode: 400);
        }

        var answer = await _histories.AskAsync(
            id,
            history => day < history.FirstDay
                ? Results.Text($"day: '{asked}' is not allowed; allowed: {history.FirstDay:yyyy-MM-dd} or later.\n", statusCode: 400)
                : Results.Json(history.On(day)),
            context.RequestAborted).ConfigureAwait(false);
        return answer ?? Results.Text($"There is no order book of '{id}'.\n", statusCode: 404);
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static SimulatedTime? MomentOf(string text) =>
        DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsNear(time)
            ? SimulatedTime.On(DateOnly.FromDateTime(time), (int)time.TimeOfDay.TotalSeconds) : null;

    private static DateOnly? DayOf(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsNear(time) ? DateOnly.FromDateTime(time) : null;

    // What simulated time can write.
    private static bool IsNear(DateTime time) => time.Year is >= 1971 and <= 9998;
}
