using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="After">The cursor: the last item that the caller has; 0 for none.</param>
/// <param name="Limit">Most items, 1 to <see cref="GatewayLimits.PageItems"/>.</param>
internal readonly record struct Page(long After, int Limit)
{
    internal static (Page Page, Problem? Wrong) Of(HttpRequest request)
    {
        var after = request.Query["after"].ToString();
        var from = 0L;
        if (after.Length > 0 && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out from))
        {
            return (default, Problems.Wrong("after", after, "a cursor from an earlier answer's next, a whole number from 0"));
        }

        var (most, problem) = LimitOf(request);
        return (new Page(from, most), problem);
    }

    internal static (int Limit, Problem? Wrong) LimitOf(HttpRequest request)
    {
        var limit = request.Query["limit"].ToString();
        var most = GatewayLimits.UsualPageItems;
        return limit.Length > 0 && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > GatewayLimits.PageItems)
            ? (0, Problems.Wrong("limit", limit, $"1 to {GatewayLimits.PageItems}"))
            : (most, null);
    }
}
