using DataExchange.Services.Telemetry;

namespace DataExchange.Services.Tests;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("Partition trust wanted to append to stream account/firm-1; it owns others.", "Partition trust wanted to append to stream account/…; it owns others.")]
    [InlineData("party/张三, buyer/b.2 and payable/p:3 moved", "party/…, buyer/… and payable/… moved")]
    [InlineData("deposit of 5 from liability:available:firm-1 to x", "deposit of 5 from liability:available/… to x")]
    [InlineData("stream deal/D-1 is at 3; buyer side", "stream deal/D-1 is at 3; buyer side")]
    public void A_line_of_the_log_names_no_party(string said, string written)
    {
        Assert.Equal(written, new LogLine(LogGrade.Info, "test", said).Text);
        Assert.Equal("trading-0: " + written, new LogLine(LogGrade.Info, "test", said, "trading-0").ToString());
    }
}
