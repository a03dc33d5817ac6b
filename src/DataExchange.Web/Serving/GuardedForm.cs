using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Frame;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Web.Serving;

/// <summary>What a form that changes something brought along.</summary>
/// <param name="Fields">Its fields; none where it could not be read.</param>
/// <param name="Locale">The language of the page that it came from.</param>
/// <param name="Session">Whose it is; null when it is refused.</param>
/// <param name="Status">The status with which it is refused; null when it is not.</param>
/// <param name="Says">Why.</param>
internal sealed record GuardedForm(IFormCollection Fields, Locale Locale, SandboxSession? Session, int? Status, string Says)
{
    /// <summary>Reads a form and looks at what every one of them must pass before anything is done: from a page of this host, small, with the session's token.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sessions">The visits.</param>
    /// <param name="most">Bounds of its fields; the whole of it is bounded by its buffer.</param>
    internal static async Task<GuardedForm> ReadAsync(HttpContext context, SandboxSessions sessions, FormOptions most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most.BufferBodyLengthLimit;
        }

        IFormCollection form;
        try
        {
            form = context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
                ? await new FormFeature(context.Request, most).ReadFormAsync(context.RequestAborted).ConfigureAwait(false)
                : FormCollection.Empty;
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            form = FormCollection.Empty;
        }

        var locale = form["language"] == Locale.Zh.Code ? Locale.Zh : Locale.En;
        var session = sessions.Find(context);
        return !SandboxSessions.IsFromHere(context.Request) ? new(form, locale, null, StatusCodes.Status403Forbidden, locale["floor.foreign"])
            : session is null || !session.HasToken(form[SandboxSessions.TokenField].ToString()) ? new(form, locale, null, StatusCodes.Status400BadRequest, locale["floor.noToken"])
            : new(form, locale, session, null, "");
    }
}
