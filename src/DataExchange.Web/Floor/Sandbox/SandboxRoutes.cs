using DataExchange.Web.Floor.Live;
using DataExchange.Web.Frame;
using DataExchange.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>The addresses of the sandbox floor. Whatever changes something is a POST with the session's cookie and token, from a page of this host.</summary>
/// <param name="frameOf">What a page knows of where it stands.</param>
/// <param name="hall">The floor.</param>
/// <param name="sessions">The visits.</param>
internal sealed class SandboxRoutes(Func<HttpContext, Locale, PageFrame> frameOf, SandboxHall hall, SandboxSessions sessions)
{
    private static readonly FormOptions Small = new() { ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = 256, BufferBodyLengthLimit = 4_096 };

    /// <summary>Maps them.</summary>
    /// <param name="pages">The group of all pages.</param>
    internal void Map(IEndpointRouteBuilder pages)
    {
        var stopping = pages.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        foreach (var locale in new[] { Locale.Zh, Locale.En })
        {
            pages.MapGet($"/{locale.Code}/floor/try", (Delegate)((HttpContext context) => Floor(frameOf(context, locale), context)));
            pages.MapGet($"/{locale.Code}/floor/try/mine", (Delegate)((HttpContext context) => Mine(frameOf(context, locale), context)));
            pages.MapGet($"/{locale.Code}/floor/try/log", (Delegate)((HttpContext context) => Log(frameOf(context, locale), context)));
        }

        pages.MapGet("/web/floor/try/stream", (Delegate)((HttpContext context) => FollowAsync(context, stopping)));
        pages.MapPost("/web/floor/try/sign-in", (Delegate)((HttpContext context) => FormAsync(context, SignIn)));
        pages.MapPost("/web/floor/try/sign-out", (Delegate)((HttpContext context) => FormAsync(context, SignOut)));
        pages.MapPost("/web/floor/try/do/{action}", (Delegate)((HttpContext context) => FormAsync(context, Do)));
    }

    private IResult Floor(PageFrame frame, HttpContext context)
    {
        var session = sessions.FindOrBegin(context);
        var said = session.Said;
        session.Said = null;
        return PageAnswer.Of<SandboxPage>(
            ("Frame", frame), ("State", hall.Look()), ("Role", session.Role), ("Token", session.Token), ("Said", said), ("Holdings", HoldingsOf(session)), ("Entries", EntriesOf(session)));
    }

    private IResult Mine(PageFrame frame, HttpContext context)
    {
        var session = sessions.Find(context);
        return PageAnswer.Of<SandboxMine>(
            ("Frame", frame), ("Role", session?.Role), ("Token", session?.Token ?? ""), ("Holdings", HoldingsOf(session)), ("Entries", EntriesOf(session)));
    }

    private IResult Log(PageFrame frame, HttpContext context) =>
        sessions.Find(context)?.Role?.May(SandboxAction.Read) == true
            ? PageAnswer.Of<SandboxLogPage>(("Frame", frame), ("Entries", hall.Entries))
            : PageAnswer.Say(frame, 403, frame.Locale["floor.forbidden"], frame.Locale["floor.forbiddenRead"]);

    private async Task FollowAsync(HttpContext context, CancellationToken stopping)
    {
        hall.Look();
        await EventStream.SendAsync(context, hall.Broadcaster, stopping).ConfigureAwait(false);
    }

    private async Task<IResult> FormAsync(HttpContext context, Func<Visit, IResult> answer)
    {
        var form = await GuardedForm.ReadAsync(context, sessions, Small).ConfigureAwait(false);
        var visit = new Visit(context, new PageFrame(form.Locale, frameOf(context, form.Locale).Market, "/floor/try"), form.Fields, form.Session!);
        return form.Status is { } status ? Refuse(visit, status, form.Says) : answer(visit);
    }

    private IResult SignIn(Visit visit)
    {
        var asked = visit.Form["role"].ToString();
        if (!Enum.GetNames<SandboxRole>().Contains(asked))
        {
            return Refuse(visit, 400, visit.Locale.With("message.wrongField", "role", asked, string.Join(", ", Enum.GetNames<SandboxRole>())));
        }

        var role = Enum.Parse<SandboxRole>(asked);
        return Answer(visit with { Session = sessions.Begin(visit.Context, role, visit.Session) }, true, new SandboxSaid("floor.said.signedIn", SandboxWords.Of(role)));
    }

    private IResult SignOut(Visit visit) =>
        Answer(visit with { Session = sessions.Begin(visit.Context, null, visit.Session) }, true, new SandboxSaid("floor.said.signedOut"));

    private IResult Do(Visit visit)
    {
        var name = (string)visit.Context.Request.RouteValues["action"]!;
        var actions = Enum.GetValues<SandboxAction>().Where(one => one != SandboxAction.Read && one.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (actions is not [var action])
        {
            return Refuse(visit, 404, visit.Locale["message.noPage"]);
        }

        if (visit.Session.Role is not { } role || !role.May(action))
        {
            return Refuse(visit, 403, visit.Session.Role is { } who ? visit.Locale.With("floor.mayNot", visit.Locale[SandboxWords.Of(who)]) : visit.Locale["floor.signInFirst"]);
        }

        var request = SandboxRequest.Read(action, visit.Form, out var wrong);
        if (wrong is not null)
        {
            return Refuse(visit, 400, visit.Locale.With("message.wrongField", wrong.Field, wrong.Value, wrong.Allowed));
        }

        var (isDone, said) = hall.Do(role, request);
        return Answer(visit, isDone, said);
    }

    // To the script what is to be said; without it the page again, which says it.
    private static IResult Answer(Visit visit, bool isDone, SandboxSaid said)
    {
        if (visit.IsScript)
        {
            return Results.Json(new { isDone, says = said.In(visit.Locale) });
        }

        visit.Session.Said = said.In(visit.Locale);
        // 303: the browser asks for the page with GET, and going back does not send the form again.
        visit.Context.Response.Headers.Location = visit.Frame.To("/floor/try");
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IResult Refuse(Visit visit, int status, string says) =>
        visit.IsScript ? Results.Json(new { isDone = false, says }, statusCode: status) : PageAnswer.Say(visit.Frame, status, visit.Locale["floor.forbidden"], says);

    private SandboxHoldings? HoldingsOf(SandboxSession? session) => session?.Role is { } role ? hall.HoldingsOf(role) : null;

    private IReadOnlyList<SandboxEntry>? EntriesOf(SandboxSession? session) =>
        session?.Role?.May(SandboxAction.Read) == true ? [.. hall.Entries.Take(SandboxPage.EntriesShown)] : null;

    private sealed record Visit(HttpContext Context, PageFrame Frame, IFormCollection Form, SandboxSession Session)
    {
        internal Locale Locale => Frame.Locale;

        internal bool IsScript => Context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
    }
}
