using DataExchange.LoadTests.Exchange;

namespace DataExchange.LoadTests.Tests;

public sealed class AcknowledgedOrdersTests
{
    [Fact]
    public void A_licence_for_each_acknowledged_order_and_one_or_none_for_the_others_is_right()
    {
        var orders = Of(acknowledged: [0, 1], licences: ["D0000000", "D0000001", "D0000002", "other"]);
        Assert.Empty(orders.Problems());
    }

    [Theory]
    [InlineData("D0000000", "1 acknowledged orders have no licence: D0000001")]
    [InlineData("D0000000 D0000001 D0000001", "1 orders have more than one licence: D0000001")]
    [InlineData("D0000000 D0000001 D0000002 D0000002", "1 orders have more than one licence: D0000002")]
    [InlineData("D0000000 D0000001 D0000009", "1 licences belong to no order of the run")]
    public void What_is_lost_doubled_or_unknown_is_named(string licences, string expected) =>
        Assert.Equal(expected, Assert.Single(Of([0, 1], licences.Split(' ')).Problems()));

    private static AcknowledgedOrders Of(int[] acknowledged, string[] licences)
    {
        var orders = new AcknowledgedOrders("D", 3);
        foreach (var number in acknowledged)
        {
            orders.Acknowledge(number);
        }

        // What was counted before does not count twice.
        orders.TakeLicence("D0000000");
        orders.BeginCount();
        foreach (var deal in licences)
        {
            orders.TakeLicence(deal);
        }

        return orders;
    }
}
