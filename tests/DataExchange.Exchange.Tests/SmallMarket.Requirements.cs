using DataExchange.Domain.Listing;

namespace DataExchange.Exchange.Tests;

internal sealed partial class SmallMarket
{
    /// <summary>Requirements to every end, one of them met by a deal.</summary>
    internal static async Task<SmallMarket> RunRequirementsAsync()
    {
        var market = new SmallMarket();
        await market.SupplyAsync();
        await market.AskAsync();
        return market;
    }

    private async Task AskAsync()
    {
        await Accepted(Ask("R1", "B1"));
        await Refused(Ask("R1", "B1"));
        await Refused(Answer("R9", "P1"));
        await Accepted(Answer("R1", "P2", "P1"));
        await Order("P1", "Q1", Zjbdec, "B1");
        await Refused(new MeetRequirement(new("R1"), new("P4"), new("Q1")) { At = Tick(), By = new("B1") });
        await Accepted(new MeetRequirement(new("R1"), new("P1"), new("Q1")) { At = Tick(), By = new("B1") });
        await Accepted(Ask("R2", "B2"));
        await Accepted(new WithdrawRequirement(new("R2")) { At = Tick(), By = new("B2") });
        await Accepted(Ask("R3", "B2"));
        await Accepted(Answer("R3"));
        await Refused(new LapseRequirement(new("R3")) { At = Tick(), By = new("zjbdec") });
        _now = _now.AddDays(31);
        await Accepted(new LapseRequirement(new("R3")) { At = Tick(), By = new("zjbdec") });
    }

    private PostRequirement Ask(string id, string buyer) => new(
        new(id), Zjbdec, new(buyer), "求购芯片数据", "chip", "industry", null, null, 0, 200_000, _now.AddDays(30)) { At = Tick(), By = new(buyer) };

    private AnswerRequirement Answer(string id, params string[] products) => new(
        new(id), "bm25-chain.1",
        [.. products.Select((product, place) => new RankedProduct(new(product), 9_000 - place, 8_000, 10_000, 10_000, 8_000, 5_000))],
        5, products.Length, products.Length, products.Length) { At = Tick(), By = new("zjbdec") };
}
