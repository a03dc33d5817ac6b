using DataExchange.Web.Frame;
using DataExchange.Web.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataExchange.Web.Serving;

/// <summary>Answers of pages.</summary>
internal static class PageAnswer
{
    internal static IResult Of<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)) { PreventStreamingRendering = true };

    internal static IResult NotFound(PageFrame frame, string says) => Say(frame, 404, frame.Locale["message.notFound"], says);

    internal static IResult Wrong(PageFrame frame, string field, string value, string allowed) =>
        Say(frame, 400, frame.Locale["message.wrong"], frame.Locale.With("message.wrongField", field, value, allowed));

    internal static IResult Say(PageFrame frame, int status, string title, string says) =>
        new RazorComponentResult<Message>(new Dictionary<string, object?> { ["Frame"] = frame, ["Title"] = title, ["Says"] = says })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
