using CsCheck;

namespace DataExchange.Domain.Tests;

public sealed class SimulatedTimeTests
{
    // 1970-01-02 to 9999-12-30
    private static readonly Gen<SimulatedTime> Times = Gen.Long[86_400, 253_402_185_600].Select(seconds => new SimulatedTime(seconds));

    [Fact]
    public void What_is_written_is_read_back() =>
        Times.Sample(time => Assert.Equal(time, SimulatedTime.Parse(time.ToString())));

    [Fact]
    public void Date_and_second_of_the_day_make_the_moment() =>
        Times.Sample(time => Assert.Equal(time, SimulatedTime.On(time.Date, time.SecondOfDay)));

    [Fact]
    public void Midnight_in_China_is_four_in_the_afternoon_before_in_Greenwich() =>
        Assert.Equal(new DateTimeOffset(2025, 5, 30, 16, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            SimulatedTime.On(new DateOnly(2025, 5, 31)).UnixSeconds);
}
