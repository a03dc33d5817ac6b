using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Reads;

/// <summary>The parameters that an endpoint takes, and no others: one that is misspelt would otherwise be a filter that does nothing.</summary>
internal sealed record Takes(params IReadOnlyList<QueryField> Fields)
{
    /// <summary>What every request to such an endpoint passes, once it may be there at all.</summary>
    internal static Task CheckAsync(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Takes>() is { } takes && takes.Wrong(context.Request.Query) is { } wrong ? wrong.ExecuteAsync(context) : next(context);

    /// <summary>What a parameter holds; null where it was not sent.</summary>
    internal static string? Text(HttpRequest request, string name) => request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>What a parameter holds; <paramref name="usual"/> where it was not sent.</summary>
    internal static long Number(HttpRequest request, string name, long usual) =>
        Text(request, name) is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : usual;

    /// <summary>Most items of the page.</summary>
    internal static int Limit(HttpRequest request) => (int)Number(request, "limit", GatewayLimits.UsualPageItems);

    private Problem? Wrong(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (Fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                return Problems.Wrong(name, Shown(values.ToString()), Fields.Count == 0 ? "no parameter" : $"only the parameters {string.Join(", ", Fields.Select(one => one.Name))}");
            }

            if (values is not [{ } value] || !field.Takes(value))
            {
                return Problems.Wrong(name, Shown(values.ToString()), $"one value: {field.Allowed}");
            }
        }

        return null;
    }

    private static string Shown(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
