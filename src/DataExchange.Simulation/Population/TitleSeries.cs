using System.Globalization;

namespace DataExchange.Simulation.Population;

/// <summary>Title of a product.</summary>
/// <param name="Zh">Chinese title.</param>
/// <param name="En">English gloss.</param>
public readonly record struct ProductTitle(string Zh, string En);

/// <summary>
/// What a batch of products is about. Its titles differ by period and region: a title with a period goes back through the periods of
/// one region before it goes to the next, a title without one goes through the regions, then through the resolutions.
/// </summary>
public sealed class TitleSeries
{
    private readonly Label _subject;
    private readonly Label[] _regions;
    private readonly int _firstRegion;
    private readonly Label[] _grains;
    private readonly int _firstGrain;
    private readonly SuffixData _suffix;
    private readonly int _firstAge;

    internal TitleSeries(Label subject, Label[] regions, int region, Label[] grains, int grain, SuffixData suffix, int age)
    {
        _subject = subject;
        _regions = regions;
        _firstRegion = region;
        _grains = grains;
        _firstGrain = grain;
        _suffix = suffix;
        _firstAge = age;
    }

    /// <summary>The title of one product of the batch.</summary>
    /// <param name="seriesIndex">Its number in the batch, from 0.</param>
    /// <param name="asOf">Day of the registration: the period named is over by then.</param>
    public ProductTitle TitleAt(int seriesIndex, DateOnly asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seriesIndex);
        var periods = _suffix.Period switch
        {
            TitlePeriod.Month => 36,
            TitlePeriod.Quarter => 20,
            TitlePeriod.Year => 5,
            _ => 1,
        };
        var round = (_firstRegion + (long)(seriesIndex / periods)) / _regions.Length;
        var region = _regions[(_firstRegion + (seriesIndex / periods)) % _regions.Length];
        var grain = _grains[(int)((_firstGrain + round) % _grains.Length)];
        var period = PeriodBefore(asOf, _firstAge + (seriesIndex % periods));
        var zh = string.Concat(region.Zh, _subject.Zh, grain.Zh, _suffix.Zh);
        var end = grain.En.Length == 0 ? _suffix.En : $"{grain.En} {_suffix.En}";
        var en = end.Length == 0 ? $"{region.En} {_subject.En}" : $"{region.En} {_subject.En}, {end}";
        return period is { } named ? new ProductTitle($"{zh} {named.Zh}", $"{en}, {named.En}") : new ProductTitle(zh, en);
    }

    // Age 0 is the last period that was over on the day.
    private Label? PeriodBefore(DateOnly day, int age)
    {
        switch (_suffix.Period)
        {
            case TitlePeriod.Month:
                var month = new DateOnly(day.Year, day.Month, 1).AddMonths(-1 - age);
                return new Label(
                    string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.Month}月"),
                    string.Create(CultureInfo.InvariantCulture, $"{month:MMMM yyyy}"));
            case TitlePeriod.Quarter:
                var quarters = (day.Year * 4) + ((day.Month - 1) / 3) - 1 - age;
                return new Label(
                    string.Create(CultureInfo.InvariantCulture, $"{quarters / 4}年第{(quarters % 4) + 1}季度"),
                    string.Create(CultureInfo.InvariantCulture, $"{quarters / 4} Q{(quarters % 4) + 1}"));
            case TitlePeriod.Year:
                var year = day.Year - 1 - age;
                return new Label(string.Create(CultureInfo.InvariantCulture, $"{year}年"), year.ToString(CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }
}
