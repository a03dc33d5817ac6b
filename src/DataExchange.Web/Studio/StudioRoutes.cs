using System.Globalization;
using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Frame;
using DataExchange.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Web.Studio;

/// <summary>The addresses of the scenario studio: a scenario's settings in a form, its runs, two of them side by side.</summary>
/// <param name="frameOf">What a page knows of where it stands.</param>
/// <param name="studio">The runs.</param>
/// <param name="sessions">The visits.</param>
internal sealed class StudioRoutes(Func<HttpContext, Locale, PageFrame> frameOf, ScenarioStudio studio, SandboxSessions sessions)
{
    private const int MostBytes = 131_072;
    private static readonly FormOptions Settings = new() { ValueCountLimit = 1_024, KeyLengthLimit = 256, ValueLengthLimit = 256, BufferBodyLengthLimit = MostBytes };

    private CancellationToken _stopping;

    /// <summary>Maps them. Runs end with their host.</summary>
    /// <param name="pages">The group of all pages.</param>
    internal void Map(IEndpointRouteBuilder pages)
    {
        _stopping = pages.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        foreach (var locale in new[] { Locale.Zh, Locale.En })
        {
            pages.MapGet($"/{locale.Code}/studio", (Delegate)((HttpContext context) => Form(frameOf(context, locale), context)));
            pages.MapGet($"/{locale.Code}/studio/runs/{{number}}", (Delegate)((HttpContext context) => Run(frameOf(context, locale), context)));
            pages.MapGet($"/{locale.Code}/studio/compare", (Delegate)((HttpContext context) => Compare(frameOf(context, locale), context)));
        }

        pages.MapGet("/web/studio/runs/{number}", (Delegate)Progress);
        pages.MapPost("/web/studio/run", (Delegate)((HttpContext context) => GuardedAsync(context, Start)));
        pages.MapPost("/web/studio/runs/{number}/cancel", (Delegate)((HttpContext context) => GuardedAsync(context, Cancel)));
    }

    private IResult Form(PageFrame frame, HttpContext context)
    {
        var query = context.Request.Query;
        var order = StudioRequest.OfAddress(name => query[name].ToString(), [.. query["set"].OfType<string>()], out var wrong);
        if (wrong is not null)
        {
            return PageAnswer.Wrong(frame, wrong.Field, wrong.Value, wrong.Allowed);
        }

        try
        {
            studio.Engine.Check(order);
        }
        catch (StudioRefusedException refused)
        {
            return PageAnswer.Say(frame, 400, frame.Locale["message.wrong"], refused.Message);
        }

        return PageAnswer.Of<StudioPage>(("Frame", frame), ("Studio", studio), ("Order", order), ("Token", sessions.FindOrBegin(context).Token));
    }

    private IResult Run(PageFrame frame, HttpContext context) => FindRun(context.Request.RouteValues["number"]) is { } run
        ? PageAnswer.Of<StudioRunPage>(("Frame", frame), ("Run", run), ("Others", studio.Runs.Where(other => other != run && other.Figures is not null).ToArray()), ("Token", sessions.FindOrBegin(context).Token))
        : PageAnswer.NotFound(frame, frame.Locale.With("studio.noRun", context.Request.RouteValues["number"]!));

    private IResult Compare(PageFrame frame, HttpContext context)
    {
        var query = context.Request.Query;
        foreach (var name in new[] { "a", "b" })
        {
            if (FindRun(query[name].ToString()) is not { Figures: not null })
            {
                return PageAnswer.Wrong(frame, name, query[name].ToString(), string.Join(", ", studio.Runs.Where(run => run.Figures is not null).Select(run => run.Number)) is { Length: > 0 } some ? some : "—");
            }
        }

        return PageAnswer.Of<StudioComparePage>(("Frame", frame), ("A", FindRun(query["a"].ToString())), ("B", FindRun(query["b"].ToString())), ("Fields", studio.Engine.Fields));
    }

    private IResult Progress(HttpContext context) => FindRun(context.Request.RouteValues["number"]) is { } run
        ? Results.Json(new { stage = run.Stage.ToString(), isAlive = run.IsAlive, share = Math.Round(run.Progress.Share, 4), pass = run.Progress.Pass, day = run.Progress.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
        : Results.Text("There is no such run.\n", statusCode: 404);

    private IResult Start(PageFrame frame, HttpContext context, IFormCollection form)
    {
        var order = StudioRequest.OfAddress(name => form[name].ToString(), StudioRequest.SettingsOf(studio.Engine.Fields, path => form[path]), out var wrong);
        if (wrong is not null)
        {
            return PageAnswer.Wrong(frame, wrong.Field, wrong.Value, wrong.Allowed);
        }

        try
        {
            return studio.Start(order, _stopping) is { } run
                ? SeeOther(context, frame.To(FormattableString.Invariant($"/studio/runs/{run.Number}")))
                : PageAnswer.Say(frame, 503, frame.Locale["studio.busy"], frame.Locale.With("studio.busySays", ScenarioStudio.MostWaiting));
        }
        catch (StudioRefusedException refused)
        {
            return PageAnswer.Say(frame, 400, frame.Locale["message.wrong"], refused.Message);
        }
    }

    private IResult Cancel(PageFrame frame, HttpContext context, IFormCollection form)
    {
        if (FindRun(context.Request.RouteValues["number"]) is not { } run)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("studio.noRun", context.Request.RouteValues["number"]!));
        }

        run.Cancel();
        return SeeOther(context, frame.To(FormattableString.Invariant($"/studio/runs/{run.Number}")));
    }

    private async Task<IResult> GuardedAsync(HttpContext context, Func<PageFrame, HttpContext, IFormCollection, IResult> answer)
    {
        var form = await GuardedForm.ReadAsync(context, sessions, Settings).ConfigureAwait(false);
        var frame = new PageFrame(form.Locale, frameOf(context, form.Locale).Market, "/studio");
        return form.Status is { } status ? PageAnswer.Say(frame, status, frame.Locale["floor.forbidden"], form.Says) : answer(frame, context, form.Fields);
    }

    private StudioRun? FindRun(object? number) =>
        int.TryParse(number as string, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? studio.Find(found) : null;

    // The browser asks for the page with GET, and going back does not send the form again.
    private static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
