using System.Globalization;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Population;

namespace DataExchange.Simulation.Tests.Population;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = PopulationData.Load().Calendar;

    [Theory]
    [InlineData("2016-02-06", true)] // A Saturday worked before the Spring Festival.
    [InlineData("2016-10-08", true)]
    [InlineData("2017-10-08", false)] // National Day and Mid-Autumn Festival together: eight days.
    [InlineData("2017-10-09", true)]
    [InlineData("2018-12-29", true)] // Worked for the New Year of 2019.
    [InlineData("2018-12-31", false)]
    [InlineData("2019-05-03", false)] // The Labour Day holiday was made longer in March 2019.
    [InlineData("2019-05-05", true)]
    [InlineData("2020-01-31", false)] // The Spring Festival was made longer in January 2020.
    [InlineData("2020-02-01", false)] // Worked by the first notice, off by the second.
    [InlineData("2020-02-03", true)]
    [InlineData("2021-09-18", true)]
    [InlineData("2022-01-30", true)]
    [InlineData("2023-01-02", false)]
    [InlineData("2023-10-01", false)]
    [InlineData("2023-10-06", false)]
    [InlineData("2023-10-07", true)]
    [InlineData("2024-02-04", true)] // A Sunday.
    [InlineData("2024-02-09", true)] // New Year's Eve was no holiday in 2024.
    [InlineData("2024-02-17", false)]
    [InlineData("2025-01-26", true)] // A Sunday.
    [InlineData("2025-01-28", false)]
    [InlineData("2025-05-05", false)]
    [InlineData("2025-05-31", false)]
    [InlineData("2025-12-31", true)]
    public void Days_are_worked_as_the_notices_say(string day, bool worked) => Assert.Equal(worked, Calendar.IsWorkingDay(Day(day)));

    // Monday to Friday, less the 11 statutory days off (13 in 2025), which exchanges leave in balance; less two more in 2020.
    [Theory]
    [InlineData(2016, 250)]
    [InlineData(2017, 249)]
    [InlineData(2018, 250)]
    [InlineData(2019, 250)]
    [InlineData(2020, 249)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    public void Each_year_has_its_number_of_working_days(int year, int expected) =>
        Assert.Equal(expected, Calendar.CountWorkingDays(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)));

    [Theory]
    [InlineData("2024-02-09", 1, "2024-02-18")] // The next working day after the eve is the Sunday worked in exchange.
    [InlineData("2024-02-18", -1, "2024-02-09")]
    [InlineData("2024-02-12", 0, "2024-02-18")]
    [InlineData("2024-02-18", 0, "2024-02-18")]
    [InlineData("2025-03-03", 10, "2025-03-17")]
    [InlineData("2030-06-07", 1, "2030-06-10")] // Not covered: Monday to Friday.
    public void Working_days_are_added_over_holidays(string day, int count, string expected) =>
        Assert.Equal(Day(expected), Calendar.AddWorkingDays(Day(day), count));

    [Fact]
    public void Every_make_up_day_is_a_weekend_day_within_two_weeks_of_a_holiday()
    {
        for (var day = Calendar.From; day <= Calendar.To; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && Calendar.IsWorkingDay(day))
            {
                Assert.Contains(Enumerable.Range(-14, 29).Select(day.AddDays),
                    near => near.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Calendar.IsWorkingDay(near));
            }
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Days long before the first covered one once overflowed the index into the covered days.
    [Theory]
    [InlineData("0001-01-01", true)]
    [InlineData("0001-01-06", false)]
    [InlineData("2015-12-25", true)]
    [InlineData("2015-12-31", true)]
    [InlineData("9999-12-31", true)]
    public void Days_outside_the_covered_ones_are_worked_from_Monday_to_Friday(string day, bool worked) =>
        Assert.Equal(worked, Calendar.IsWorkingDay(Day(day)));

    [Fact]
    public void Working_days_are_counted_back_over_the_first_covered_day() =>
        Assert.Equal(Day("2015-12-28"), Calendar.AddWorkingDays(Day("2016-01-04"), -4));
}
