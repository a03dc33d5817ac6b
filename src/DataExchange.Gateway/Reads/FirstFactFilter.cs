using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Reads;

/// <summary>What a stream's first fact must say. That never changes, so that the database can look for it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">What it holds.</param>
internal readonly record struct FirstFactFilter(string Field, string Value)
{
    /// <summary>How the field is found in the first fact: a deal that comes of a trade says seller where others say provider.</summary>
    internal string Expression => Field switch
    {
        "provider" => "coalesce(first.data ->> 'provider', first.data ->> 'seller')",
        "venue" or "buyer" or "product" or "category" or "role" => $"first.data ->> '{Field}'",
        _ => throw new ArgumentOutOfRangeException(nameof(Field), Field, "no first fact is looked through for it"),
    };

    /// <summary>The parameters of a request that are such filters.</summary>
    internal static IReadOnlyList<FirstFactFilter> Of(HttpRequest request, params IEnumerable<string> fields) =>
        [.. fields.Where(field => Takes.Text(request, field) is not null).Select(field => new FirstFactFilter(field, Takes.Text(request, field)!))];
}
