using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Shelf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DataExchange.Web.Tests;

public sealed class ShelfIndexTests
{
    private static readonly ShelfIndex Shelf = ShelfIndex.Of(
    [
        Entry("hzdex", "P1", "港口流量数据集", "Port traffic data", 50_00, sales: 10),
        Entry("zjbdec", "P1", "港口流量数据集", "Port traffic data", 50_00, sales: 20),
        Entry("zjbdec", "P2", "医疗影像模型", "Medical imaging model", 20_000_00, sales: 90, form: ProductForm.Model, category: "health", licence: LicenceKind.Exclusive),
        Entry("hzdex", "P3", "港口报告", "PORT report", 5_000_000_00, sales: 1, form: ProductForm.Report, status: ShelfStatus.Suspended),
        Entry("hzdex", "P4", "气象接口", "Weather API", 1_00, sales: 500, status: ShelfStatus.Delisted),
        Entry("hzdex", "P5", "撤回的港口", "Port that left here", 7_00, sales: 3, status: ShelfStatus.Delisted),
        Entry("zjbdec", "P5", "撤回的港口", "Port that left here", 7_00, sales: 3, unit: PriceUnit.Negotiated),
    ], party => party == "firm-1" ? new("杭州甲公司", "Alpha Ltd") : Text.Same(party),
        product => product == "P1" ? DataRights.ResourceHolding | DataRights.ProductOperation : product == "P2" ? DataRights.ProductOperation : DataRights.None);

    [Theory]
    [InlineData("", "P2 P1 P5 P3")]
    [InlineData("?q=port", "P1 P5 P3")]
    [InlineData("?q=%E6%B8%AF%E5%8F%A3", "P1 P5 P3")]
    [InlineData("?q=PORT+traffic", "P1")]
    [InlineData("?q=alpha", "P2 P1 P5 P3")]
    [InlineData("?q=p3", "P3")]
    [InlineData("?q=nothing", "")]
    [InlineData("?venue=hzdex", "P1 P3")]
    [InlineData("?venue=hzdex&all=1", "P4 P1 P3")]
    [InlineData("?category=health", "P2")]
    [InlineData("?kind=Report", "P3")]
    [InlineData("?licence=Exclusive", "P2")]
    [InlineData("?rights=ResourceHolding", "P1")]
    [InlineData("?rights=ProductOperation", "P2 P1")]
    [InlineData("?rights=ProcessingAndUse", "")]
    [InlineData("?price=Under100", "P1")]
    [InlineData("?price=From10000", "P2")]
    [InlineData("?price=From1000000", "P3")]
    [InlineData("?price=Negotiated", "P5")]
    [InlineData("?order=Cheapest", "P5 P1 P2 P3")]
    [InlineData("?order=Dearest", "P3 P2 P1 P5")]
    [InlineData("?q=port&venue=zjbdec&kind=Dataset&order=Cheapest", "P5 P1")]
    [InlineData("?page=9", "P2 P1 P5 P3")]
    public void What_is_asked_for_is_found_each_product_once(string parameters, string expected)
    {
        var query = ShelfQuery.Parse(Parameters(parameters), Shelf, out var wrong);
        Assert.Null(wrong);
        Assert.Equal(expected, string.Join(' ', Shelf.Find(query).Products.Select(product => product.Id)));
    }

    [Theory]
    [InlineData("?venue=x", "venue", "hzdex, zjbdec")]
    [InlineData("?category=x", "category", "health, transport")]
    [InlineData("?kind=0", "kind", "Api, Report, Application, Dataset, Model")]
    [InlineData("?order=best", "order", "Sales, Newest, Cheapest, Dearest")]
    [InlineData("?page=0", "page", "a whole number from 1 to 100000")]
    [InlineData("?page=100001", "page", "a whole number from 1 to 100000")]
    [InlineData("?all=yes", "all", "1")]
    [InlineData("?who=me", "who", "no such parameter")]
    public void What_is_not_allowed_is_named(string parameters, string field, string allowed)
    {
        ShelfQuery.Parse(Parameters(parameters), Shelf, out var wrong);
        Assert.NotNull(wrong);
        Assert.Equal(field, wrong.Field);
        Assert.StartsWith(allowed, wrong.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() =>
        Assert.NotNull(WrongOf(new string('x', ShelfQuery.LongestText + 1)));

    [Fact]
    public void A_query_is_read_back_from_its_address()
    {
        var query = new ShelfQuery
        {
            Text = "a&b=c 港", Venue = "hzdex", Category = "health", Kind = ProductForm.Api, Licence = LicenceKind.Capped, Price = PriceBand.From100, WithDelisted = true,
            Order = ShelfOrder.Newest, Page = 3,
        };
        Assert.Equal(query, ShelfQuery.Parse(Parameters(query.ToParameters()), Shelf, out _));
        Assert.Equal("", ShelfQuery.Everything.ToParameters());
    }

    private static WrongParameter? WrongOf(string text)
    {
        ShelfQuery.Parse(Parameters("?q=" + text), Shelf, out var wrong);
        return wrong;
    }

    private static QueryCollection Parameters(string text) => new(QueryHelpers.ParseQuery(text));

    private static ShelfEntry Entry(
        string venue, string product, string title, string titleEn, long price, long sales, ProductForm form = ProductForm.Dataset, string category = "transport",
        LicenceKind licence = LicenceKind.OpenEnded, PriceUnit unit = PriceUnit.PerLicence, ShelfStatus status = ShelfStatus.Listed) => new()
        {
            Id = $"{venue}/{product}", Venue = venue, Product = product, Title = title, TitleEn = titleEn, Form = form, Category = category, Provider = "firm-1",
            Licence = licence, Unit = unit, UnitPriceFen = price, Status = status, SalesFen = sales, Deals = 1, ListedAt = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
}
