using DataExchange.EventStore.Catalogue;
using DataExchange.EventStore.Serialization;

namespace DataExchange.EventStore.Tests;

public sealed class EventCatalogueTests
{
    private static readonly string Page = Path.Combine(RepositoryFiles.Root, "docs/events.md");
    private static readonly string Made = EventCatalogue.Markdown();

    [Fact]
    public void The_page_is_what_the_code_says()
    {
        if (RepositoryFiles.Update)
        {
            File.WriteAllText(Page, Made);
        }

        var found = File.Exists(Page) ? File.ReadAllText(Page) : "";
        Assert.True(found == Made, $"docs/events.md is out of date. Renew it with: {RepositoryFiles.UpdateCommand}");
    }

    [Fact]
    public void Every_event_has_its_section() =>
        Assert.All(EventRegistry.All, type => Assert.Contains($"\n#### `{type.Name}`\n", Made, StringComparison.Ordinal));

    [Fact]
    public void Every_event_comes_from_a_command() => Assert.DoesNotContain("no command", Made, StringComparison.Ordinal);

    [Theory]
    [InlineData("offer_withdrawn.v1", "Comes from: `GrantAward`, `GrantBundlePart`, `PlaceOrder`.")]
    [InlineData("product_delisted.v1", "Comes from: `DelistProduct`, `NoteCertificate`, `NoteCertificateLapse`.")]
    [InlineData("fingerprint_claimed.v1", "Comes from: `ClaimFingerprint`.")]
    [InlineData("dispute_upheld.v1", "Leads to: `RefundDeal` (Settlement); `RevokeLicence` (Trading) when `isFull` is true; `SettleDeal` (Settlement) when `isFull` is false.")]
    [InlineData("transaction_registered.v1", "`RecordFiledContract` (Settlement) when `channel` is `FiledContract`.")]
    [InlineData("book_order_cancelled.v1", "Comes from: `CancelBookOrder`, `CloseOrderBook`, `SuspendOrderBook`, the book's matching core.")]
    [InlineData("book_order_cancelled.v1", "Leads to: `ReleaseOrderFunds` (Settlement) when `releasedFen` is not 0.")]
    [InlineData("packs_traded.v1", "Comes from: the book's matching core.")]
    [InlineData("deal_completed.v1", "Leads to: nothing by itself.")]
    public void Causes_and_consequences_are_those_of_the_code(string type, string line)
    {
        var start = Made.IndexOf($"#### `{type}`", StringComparison.Ordinal);
        var end = Made.IndexOf("\n#", start + 4, StringComparison.Ordinal);
        Assert.Contains(line, Made[start..end], StringComparison.Ordinal);
    }
}
