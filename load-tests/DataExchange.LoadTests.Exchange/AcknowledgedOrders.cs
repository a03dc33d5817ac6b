using System.Globalization;

namespace DataExchange.LoadTests.Exchange;

/// <summary>
/// What became of numbered orders: which were acknowledged, and how many licences the store has for each. Of an order that was acknowledged there is exactly
/// one licence; of one that got no answer, one or none.
/// </summary>
/// <param name="series">What the ids of their deals begin with.</param>
/// <param name="count">How many orders there may be.</param>
internal sealed class AcknowledgedOrders(string series, long count)
{
    private const int MostNamed = 10;
    private readonly byte[] _acknowledged = new byte[count];
    private readonly byte[] _licences = new byte[count];
    private long _unknown;

    /// <summary>The deal of an order.</summary>
    public string DealOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{series}{number:0000000}");

    /// <summary>An order was acknowledged.</summary>
    public void Acknowledge(long number) => _acknowledged[number] = 1;

    /// <summary>Licences are counted anew.</summary>
    public void BeginCount()
    {
        Array.Clear(_licences);
        _unknown = 0;
    }

    /// <summary>The store has a licence for a deal.</summary>
    public void TakeLicence(string deal)
    {
        if (!deal.StartsWith(series, StringComparison.Ordinal))
        {
            return;
        }

        if (long.TryParse(deal.AsSpan(series.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count)
        {
            _licences[number] = (byte)Math.Min(byte.MaxValue, _licences[number] + 1);
        }
        else
        {
            _unknown++;
        }
    }

    /// <summary>What is wrong.</summary>
    public IEnumerable<string> Problems()
    {
        var (lost, doubled) = (new List<string>(), new List<string>());
        var (lostCount, doubledCount) = (0L, 0L);
        for (var number = 0L; number < count; number++)
        {
            if (_acknowledged[number] == 1 && _licences[number] == 0)
            {
                lostCount++;
                Name(lost, number);
            }
            else if (_licences[number] > 1)
            {
                doubledCount++;
                Name(doubled, number);
            }
        }

        return [
            .. lostCount > 0 ? [Text(lostCount, "acknowledged orders have no licence", lost)] : (string[])[],
            .. doubledCount > 0 ? [Text(doubledCount, "orders have more than one licence", doubled)] : (string[])[],
            .. _unknown > 0 ? [Text(_unknown, "licences belong to no order of the run", [])] : (string[])[],
        ];

        void Name(List<string> names, long number)
        {
            if (names.Count < MostNamed)
            {
                names.Add(DealOf(number));
            }
        }

        static string Text(long number, string what, List<string> names) =>
            string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(names.Count > 0 ? ": " + string.Join(", ", names) : "")}{(number > names.Count && names.Count > 0 ? ", …" : "")}");
    }
}
