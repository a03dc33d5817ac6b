using System.Globalization;

namespace DataExchange.Simulation.Population;

/// <summary>The titles given so far: a title that comes again is told apart by its edition, as venues do.</summary>
public sealed class TitleRegister
{
    private readonly Dictionary<string, int> _editions = new(StringComparer.Ordinal);

    /// <summary>Number of different titles before editions were added.</summary>
    public int DistinctTitles => _editions.Count;

    /// <summary>Notes a title and returns it, from its second use on with the edition: 第2版, edition 2.</summary>
    /// <param name="title">The title as made.</param>
    public ProductTitle Register(ProductTitle title)
    {
        var edition = _editions.GetValueOrDefault(title.Zh) + 1;
        _editions[title.Zh] = edition;
        return edition == 1
            ? title
            : new ProductTitle(
                string.Create(CultureInfo.InvariantCulture, $"{title.Zh}（第{edition}版）"),
                string.Create(CultureInfo.InvariantCulture, $"{title.En} (edition {edition})"));
    }
}
