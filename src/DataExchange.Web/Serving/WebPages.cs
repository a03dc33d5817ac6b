using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using DataExchange.Web.Floor;
using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Frame;
using DataExchange.Web.Lessons;
using DataExchange.Web.Market;
using DataExchange.Web.Overview;
using DataExchange.Web.Pages;
using DataExchange.Web.Shelf;
using DataExchange.Web.Studio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace DataExchange.Web.Serving;

/// <summary>The exchange in a browser: pages that show a market, for a host that listens on the loopback address. They change nothing of it; the sandbox floor is its own.</summary>
/// <param name="market">The market.</param>
/// <param name="engine">What runs scenarios in the studio.</param>
public sealed partial class WebPages(IMarketSource market, IScenarioEngine engine)
{
    private string? _theme;

    /// <summary>Adds what the pages need to a host.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddServices(IServiceCollection services)
    {
        // The sandbox's forms have a token of their own, so no key is ever used; none is to be left on the disk either.
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddRazorComponents();
        // Chinese as it is, and not as eight characters each; what HTML gives a meaning is escaped all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddMudServices();
    }

    /// <summary>Maps the pages: <c>/</c>, <c>/zh/…</c>, <c>/en/…</c> and <c>/web/…</c>.</summary>
    /// <param name="web">The host's endpoints.</param>
    /// <returns>For what the host has to say of all of them.</returns>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder web)
    {
        ArgumentNullException.ThrowIfNull(web);
        var pages = web.MapGroup("").AddEndpointFilter(new PageGuard(market));
        pages.MapGet("/", (HttpContext context) => Results.Redirect($"/{Preferred(context.Request).Code}/"));
        pages.MapGet("/web/theme.css", (Delegate)ThemeAsync);
        pages.MapGet("/web/proof", (Delegate)ProofAsync);
        pages.MapGet("/web/replay", (Delegate)ReplayDaysAsync);
        pages.MapGet("/web/{name}", SendAsset);
        var sessions = new SandboxSessions();
        new FloorRoutes(market, FrameOf, sessions).Map(pages);
        new StudioRoutes(FrameOf, new ScenarioStudio(engine, market.Facts), sessions).Map(pages);
        foreach (var locale in new[] { Locale.Zh, Locale.En })
        {
            MapIn(pages.MapGroup("/" + locale.Code), locale);
        }

        return pages;
    }

    private void MapIn(RouteGroupBuilder pages, Locale locale)
    {
        Page("/", OverviewAsync);
        Page("/shelf", (frame, context) => ShelfAsync(frame, context, isWhole: true));
        Page("/shelf/results", (frame, context) => ShelfAsync(frame, context, isWhole: false));
        Page("/products/{id}", ProductAsync);
        Page("/products/{id}/certificate", CertificateAsync);
        Page("/deals/{id}", DealAsync);
        Page("/deals/{id}/invoice", InvoiceAsync);
        Page("/replay", ReplayAsync);
        Page("/chain", async (frame, context) => PageAnswer.Of<ChainPage>(("Frame", frame), ("Market", await ChainAsync(null, context.RequestAborted).ConfigureAwait(false))));
        Page("/chain/{id}", SubTrackAsync);
        Page("/auctions", AuctionsAsync);
        Page("/auctions/{id}", AuctionAsync);
        Page("/requirements", RequirementsAsync);
        Page("/requirements/{id}", RequirementAsync);
        Page("/ledger", LedgerAsync);
        Page("/ledger/journal", JournalAsync);
        Page("/log", LogAsync);
        Page("/log/{id}", LeafAsync);
        LessonPages.Map(Page);
        Page("/{**rest}", (frame, _) => Task.FromResult(PageAnswer.NotFound(frame, locale["message.noPage"])));

        void Page(string pattern, Func<PageFrame, HttpContext, Task<IResult>> answer) =>
            pages.MapGet(pattern, (Delegate)((HttpContext context) => answer(FrameOf(context, locale), context)));
    }

    private async Task<IResult> ShelfAsync(PageFrame frame, HttpContext context, bool isWhole)
    {
        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        var query = ShelfQuery.Parse(context.Request.Query, shelf, out var wrong);
        if (wrong is not null)
        {
            return PageAnswer.Wrong(frame, wrong.Field, wrong.Value, wrong.Allowed);
        }

        var found = shelf.Find(query);
        return isWhole
            ? PageAnswer.Of<Pages.Shelf>(("Frame", frame), ("Index", shelf), ("Found", found))
            : PageAnswer.Of<ShelfResults>(("Frame", frame), ("Found", found));
    }

    private async Task<IResult> OverviewAsync(PageFrame frame, HttpContext context)
    {
        var days = await market.DaysAsync(context.RequestAborted).ConfigureAwait(false);
        var shelf = await market.ShelfAsync(context.RequestAborted).ConfigureAwait(false);
        return PageAnswer.Of<OverviewPage>(("Frame", frame), ("Market", MarketOverview.Of(days, shelf, market.Facts)),
            ("Categories", CategoryMap.Of(shelf)), ("Chain", await ChainAsync(shelf, context.RequestAborted).ConfigureAwait(false)));
    }

    private async Task<IResult> ProductAsync(PageFrame frame, HttpContext context) =>
        await market.ProductAsync(IdOf(context), context.RequestAborted).ConfigureAwait(false) is { } facts
            ? PageAnswer.Of<Product>(("Frame", frame), ("Facts", facts))
            : PageAnswer.NotFound(frame, frame.Locale.With("message.noProduct", IdOf(context)));

    private async Task<IResult> CertificateAsync(PageFrame frame, HttpContext context)
    {
        if (await market.CertificateAsync(IdOf(context), context.RequestAborted).ConfigureAwait(false) is not { } html)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("message.noCertificate", IdOf(context)));
        }

        return Document(context, html);
    }

    private async Task<IResult> InvoiceAsync(PageFrame frame, HttpContext context) =>
        await market.InvoiceAsync(IdOf(context), context.RequestAborted).ConfigureAwait(false) is { } html
            ? Document(context, html)
            : PageAnswer.NotFound(frame, frame.Locale.With("message.noInvoice", IdOf(context)));

    private static IResult Document(HttpContext context, string html)
    {
        // A document of its own, with its style in it and nothing else: no script at all, and no origin.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private async Task<IResult> DealAsync(PageFrame frame, HttpContext context) =>
        await market.DealAsync(IdOf(context), context.RequestAborted).ConfigureAwait(false) is { } facts
            ? PageAnswer.Of<DealPage>(("Frame", frame), ("Facts", facts))
            : PageAnswer.NotFound(frame, frame.Locale.With("message.noDeal", IdOf(context)));

    private async Task<IResult> LedgerAsync(PageFrame frame, HttpContext context) => PageAnswer.Of<LedgerPage>(
        ("Frame", frame), ("Books", await market.TrialBalanceAsync(context.RequestAborted).ConfigureAwait(false)),
        ("Deals", await market.DealsToBeginWithAsync(context.RequestAborted).ConfigureAwait(false)));

    private async Task<IResult> JournalAsync(PageFrame frame, HttpContext context)
    {
        var (account, page) = (context.Request.Query["account"].ToString().Trim(), context.Request.Query["page"].ToString());
        if (NumberOf(page.Length == 0 ? "1" : page, 1, int.MaxValue) is not { } number)
        {
            return PageAnswer.Wrong(frame, "page", page, $"1 – {int.MaxValue}");
        }

        var journal = await market.JournalAsync(account, (int)number, context.RequestAborted).ConfigureAwait(false);
        return journal.IsKnown
            ? PageAnswer.Of<JournalPage>(("Frame", frame), ("Journal", journal))
            : PageAnswer.NotFound(frame, frame.Locale.With("message.noAccount", account));
    }

    private async Task<IResult> LogAsync(PageFrame frame, HttpContext context) =>
        PageAnswer.Of<LogPage>(("Frame", frame), ("Heads", await market.LogHeadsAsync(context.RequestAborted).ConfigureAwait(false)));

    private async Task<IResult> LeafAsync(PageFrame frame, HttpContext context)
    {
        var heads = await market.LogHeadsAsync(context.RequestAborted).ConfigureAwait(false);
        if (heads.FirstOrDefault(one => one.Venue == IdOf(context)) is not { } head)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("message.noLog", IdOf(context)));
        }

        var asked = context.Request.Query["leaf"].ToString();
        return (asked.Length == 0 ? head.Size - 1 : NumberOf(asked, 0, head.Size - 1)) is { } leaf
            ? PageAnswer.Of<LeafPage>(("Frame", frame), ("Head", head), ("Leaf", leaf))
            : PageAnswer.Wrong(frame, "leaf", asked, $"0 – {head.Size - 1}");
    }

    private async Task<IResult> ProofAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (fact, venue) = (query["fact"].ToString(), query["venue"].ToString());
        var at = fact.LastIndexOf('@');
        var proof = at > 0 && long.TryParse(fact.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? await market.ProofAsync(fact[..at], version, context.RequestAborted).ConfigureAwait(false)
            : venue.Length > 0 && long.TryParse(query["leaf"], NumberStyles.None, CultureInfo.InvariantCulture, out var leaf)
                ? await market.LeafProofAsync(venue, leaf, context.RequestAborted).ConfigureAwait(false)
                : null;
        return proof is null
            ? Results.Text("There is no such fact under a signed head: fact=STREAM@VERSION, or venue=VENUE&leaf=N.\n", statusCode: 404)
            : Results.Text(proof, "application/json");
    }

    private async Task<IResult> ThemeAsync(HttpContext context)
    {
        _theme ??= await ThemeSheet.WriteAsync(context.RequestServices).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(_theme, "text/css");
    }

    private static IResult SendAsset(string name, HttpContext context)
    {
        if (Asset.Find(name) is not { } asset)
        {
            return Results.Text($"There is no file '{name}'.\n", statusCode: 404);
        }

        // A module names those that it loads without their digest: those are asked for again, and mostly answered by "not modified".
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Digest ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.Type, entityTag: new($"\"{asset.Digest}\""));
    }

    private PageFrame FrameOf(HttpContext context, Locale locale)
    {
        var rest = context.Request.Path.Value![(locale.Code.Length + 1)..];
        return new PageFrame(locale, market, (rest.Length == 0 ? "/" : rest) + context.Request.QueryString.Value);
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static long? NumberOf(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static Locale Preferred(HttpRequest request) =>
        request.Headers.AcceptLanguage.ToString().Split(',')[0].TrimStart().StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Locale.Zh : Locale.En;
}
