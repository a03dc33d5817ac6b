using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Tests;

public sealed class EventFieldsTests
{
    private static readonly SimulatedTime Noon = SimulatedTime.Parse("2024-03-01T12:00:00+08:00");
    private static readonly EventFields Fields = new(new PartyNames(new Dictionary<string, Text> { ["firm-0001"] = new("某公司", "Some Co.") }));

    [Fact]
    public void Amounts_are_in_yuan_parties_have_names_reasons_have_words_and_the_streams_own_id_is_left_out() =>
        Assert.Equal(
            ["product: P000001", "venue: hzdex", "buyer: firm-0001 某公司 Some Co.", "reason: 独家许可已售出 Exclusive licence already sold"],
            Fields.Of("offer/D1", new OrderRejected(new("P000001"), new("D1"), new("hzdex"), new("firm-0001"), Rejection.ExclusiveLicenceSold)
            {
                At = Noon, By = new("venue-hzdex"),
            }));

    [Fact]
    public void Who_did_it_is_not_named_twice() =>
        Assert.Equal(
            ["buyer: firm-0001", "refund: 1,234.50 yuan", "isFull: yes", "copies: 1"],
            Fields.Of("product/P1", new DisputeUpheld(new("D1"), new("P1"), new("firm-0001"), 123_450, true, 1) { At = Noon, By = new("firm-0001") })
                .Where(field => field != "deal: D1"));

    [Fact]
    public void Terms_and_shares_are_spelt_out_and_what_is_computed_is_not() =>
        Assert.Equal(
            ["version: 2", "terms: licence: 限量 Capped, unit: 一次性 one-off, unitPrice: 10.05 yuan, copies: 3, unitsPerPack: 1, resaleAllowed: no"],
            Fields.Of("pricing/P1", new PriceSet(new("P1"), 2, new LicenceTerms(LicenceKind.Capped, PriceUnit.PerLicence, 1_005, 3, 1, false), null)
            {
                At = Noon, By = new("firm-0001"),
            }));

    [Fact]
    public void Basis_points_are_shown_as_per_cent_and_an_empty_list_not_at_all() =>
        Assert.Equal(
            ["unit: 按月 per month", "tolerance: 12.05 %"],
            Fields.Of("pricing/P1", new ProductValued(new("P1"), PriceUnit.PerMonth, Array.Empty<ValueEstimate>(), 1_205) { At = Noon, By = new("x") }));

    [Fact]
    public void An_order_in_a_book_is_one_line() =>
        Assert.Equal(
            [
                "party: firm-0001", "number: 3", "terms: 卖 止损限价，5 包，每包 9.50 元，触发价 9.00 元，当日有效，显示 2 包 | sell stop-limit, 5 packs, at 9.50 yuan, stop 9.00 yuan, day, shows 2",
                "held: 0.00 yuan",
            ],
            Fields.Of("book/P1", new BookOrderEntered(
                new("P1"), new("firm-0001"), 3, null,
                BookOrderTerms.Limit(BookSide.Sell, 5, 950) with { Kind = BookOrderKind.StopLimit, StopPriceFen = 900, DisplayQuantity = 2 }, 0)
            {
                At = Noon, By = new("firm-0001"),
            }));

    [Fact]
    public void Phases_and_causes_have_words()
    {
        Assert.Equal(["phase: 临时停牌 halted", "isCalled: no"], Fields.Of("book/P1", new BookPhaseChanged(new("P1"), TradingPhase.Halted, false) { At = Noon, By = new("x") }));
        Assert.Contains(
            "cause: 避免自成交 would have traded with itself",
            Fields.Of("book/P1", new BookOrderCancelled(new("P1"), new("a"), 1, BookCancelCause.SelfTrade, 1, 0) { At = Noon, By = new("x") }));
    }

    [Fact]
    public void Every_stored_event_has_words_of_its_own()
    {
        var words = EventRegistry.All.Select(type => EventWords.Of(type.Type)).ToArray();
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.True(word.Zh.Length > 0 && word.En.Length > 0));
        Assert.Distinct(words.Select(word => word.En));
        Assert.Distinct(words.Select(word => word.Zh));
    }
}
