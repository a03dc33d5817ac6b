using DataExchange.Domain.Settlement;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Settlement;

public sealed class ChainDeciderTests : DeciderSpecification<ChainDecider, AnchorInvoice, EvidenceChain>
{
    private static readonly string First = EvidenceDigest.Link(EvidenceDigest.Genesis, "d1");

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["empty"] = [],
        ["one link"] = [new InvoiceAnchored("invoices", Deal, Handle.OfInvoice(Deal), "d1", First) { At = Day(0), By = Buyer }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, AnchorInvoice> Commands { get; } = new Dictionary<string, AnchorInvoice>
    {
        ["AnchorInvoice"] = new("invoices", Deal, Handle.OfInvoice(Deal), "d2") { At = Day(1), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command       | empty           | one link
        AnchorInvoice | InvoiceAnchored | InvoiceAnchored
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        InvoiceAnchored: empty
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("a digest of any length", "one link",
            new AnchorInvoice("invoices", Deal, Handle.OfInvoice(Deal), new string('链', 5_000)) { At = Day(1), By = Buyer }, "InvoiceAnchored"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["empty", "linked"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(EvidenceChain state) => [state.Length == 0 ? "empty" : "linked"];

    [Fact]
    public void Each_head_covers_the_head_before_it_and_the_digest()
    {
        // sha256sum of 64 zeros, a line feed, and "d1"
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(new string('0', 64) + "\nd1"))), First);
        var second = Assert.IsType<InvoiceAnchored>(Assert.Single(ChainDecider.Decide(Commands["AnchorInvoice"], Given("one link")).Events));
        Assert.Equal(EvidenceDigest.Link(First, "d2"), second.Head);
    }

    [Fact]
    public void A_link_left_out_or_altered_is_an_impossible_history()
    {
        var second = ChainDecider.Decide(Commands["AnchorInvoice"], Given("one link")).Events[0];
        Assert.Throws<ImpossibleHistoryException>(() => ChainDecider.Evolve(ChainDecider.Initial, second));
        Assert.Throws<ImpossibleHistoryException>(() => ChainDecider.Evolve(Given("one link"), (InvoiceAnchored)second with { Digest = "d3" }));
    }
}
