using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Replay.Deals;
using DataExchange.Domain;

namespace DataExchange.Cli.Tests;

/// <summary>Lists of deals as others write them.</summary>
public sealed class DealListTests
{
    private const string Titles = "registered_at,product,provider,buyer,amount_yuan";

    [Fact]
    public void A_row_needs_little_and_the_rest_is_assumed()
    {
        var row = Assert.Single(Read(Titles + "\n2025-03-31,P1,A,B,1234.5").Rows);
        Assert.Equal(
            (2, "D000001", "2025-03-31T09:00:00+08:00", "hzdex", "P1", "P1", "A", "B", 123_450L, "other", ProductForm.Dataset, SecurityClass.General),
            (row.Row, row.Deal.Value, row.At.ToString(), row.Venue.Value, row.Product.Value, row.Title, row.ProviderName, row.Buyer.Value, row.AmountFen, row.Category, row.Form, row.Security));
        Assert.Null(row.Channel);
    }

    [Fact]
    public void What_a_row_says_counts()
    {
        var row = Assert.Single(Read(
            "deal,registered_at,venue,product,title,title_en,provider,provider_name,buyer,buyer_name,amount_fen,category,form,security_class,channel,quantity,purpose\n"
            + "C-7,2025-03-31T01:30:00Z,zjbdec,P1,\"交通, \"\"城市\"\"\",Traffic,A,甲公司,B,乙公司,99,transport,api,Important,Shelf,3,信贷风控").Rows);
        Assert.Equal(
            ("C-7", "2025-03-31T09:30:00+08:00", "zjbdec", "交通, \"城市\"", "Traffic", "甲公司", "乙公司", 99L, "transport", ProductForm.Api, SecurityClass.Important, TradeChannel.Shelf, "信贷风控"),
            (row.Deal.Value, row.At.ToString(), row.Venue.Value, row.Title, row.TitleEn, row.ProviderName, row.BuyerName, row.AmountFen, row.Category, row.Form, row.Security, row.Channel!.Value,
                row.Purpose));
    }

    [Theory]
    [InlineData("2025-03-31T09:30", "2025-03-31T09:30:00+08:00")]
    [InlineData("2025-03-31 09:30:15", "2025-03-31T09:30:15+08:00")]
    [InlineData("2025-03-31T09:30:15+08:00", "2025-03-31T09:30:15+08:00")]
    [InlineData("2025-03-31T01:30:15.25+00:00", "2025-03-31T09:30:15+08:00")]
    public void Moments_are_those_of_China_unless_they_say_otherwise(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Read($"{Titles}\n{text},P1,A,B,1").Rows).At.ToString());

    [Fact]
    public void Names_become_ids_and_the_same_name_the_same_id()
    {
        var rows = Read(Titles + "\n2025-03-31,交通数据集,甲公司,乙公司,1\n2025-04-01,交通数据集,甲公司,B,2").Rows;
        Assert.StartsWith("LST", rows[0].Product.Value, StringComparison.Ordinal);
        Assert.Equal((rows[0].Product, rows[0].Provider), (rows[1].Product, rows[1].Provider));
        Assert.Equal(("交通数据集", "甲公司"), (rows[0].Title, rows[0].ProviderName));
    }

    [Theory]
    [InlineData("2025-02-30,P1,A,B,1", "row 3, column registered_at: '2025-02-30' is not allowed: a date, or a date and time in China")]
    [InlineData("1989-12-31,P1,A,B,1", "row 3, column registered_at: '1989-12-31'")]
    [InlineData(",P1,A,B,1", "row 3, column registered_at: ''")]
    [InlineData("2025-03-31,,A,B,1", "row 3, column product: '' is not allowed: a text of 1 to 500 characters")]
    [InlineData("2025-03-31,P1,A,B,0", "row 3, column amount_yuan: '0' is not allowed: yuan above 0 with at most two decimals")]
    [InlineData("2025-03-31,P1,A,B,-1", "row 3, column amount_yuan: '-1'")]
    [InlineData("2025-03-31,P1,A,B,1.005", "row 3, column amount_yuan: '1.005'")]
    [InlineData("2025-03-31,P1,A,B,\"1,000\"", "row 3, column amount_yuan: '1,000'")]
    [InlineData("2025-03-31,P1,A,B,10000000000001", "row 3, column amount_yuan: '10000000000001'")]
    [InlineData("2025-03-31,P1,A,A,1", "row 3, column buyer: 'A' is not allowed: another than the provider")]
    [InlineData("2025-03-31,P0,X,B,1", "row 3, column provider: 'X' is not allowed: P0 is sold by 'A' in row 2, and a product has one provider")]
    [InlineData("2025-03-31,P1,A,B", "row 3: 4 fields; the titles are 5")]
    public void A_bad_row_is_told_by_row_column_value_and_what_is_allowed(string row, string told)
    {
        var list = Read($"{Titles}\n2025-01-01,P0,A,B,1\n{row}\n2025-04-01,P2,A,B,1");
        Assert.StartsWith(told, Assert.Single(list.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal((3, 2), (list.Records, list.Rows.Count));
    }

    [Theory]
    [InlineData("venue", "Hz", "small letters, digits and hyphens")]
    [InlineData("deal", "a/b", "letters, digits, hyphens and underscores")]
    [InlineData("category", "gold", "one of other, transport")]
    [InlineData("form", "Film", "one of Api, Report, Application, Dataset, Model")]
    [InlineData("security_class", "Core", "one of General, Important")]
    [InlineData("channel", "Bazaar", "one of Shelf, RegisteredContract, FiledContract, OrderBook, Auction")]
    [InlineData("quantity", "0", "a whole number from 1")]
    public void Optional_columns_are_checked_too(string column, string value, string allowed)
    {
        var problem = Assert.Single(Read($"{Titles},{column}\n2025-01-01,P0,A,B,1,{value}").Problems);
        Assert.Equal((2, column), (problem.Row, problem.Column));
        Assert.StartsWith($"'{value}' is not allowed: {allowed}", problem.Told, StringComparison.Ordinal);
        Assert.Empty(Read($"{Titles},{column}\n2025-01-01,P0,A,B,1,").Problems);
    }

    [Fact]
    public void A_deal_stands_once() =>
        Assert.Equal(
            "row 3, column deal: 'C1' is not allowed: it is the deal of row 2",
            Assert.Single(Read($"{Titles},deal\n2025-01-01,P0,A,B,1,C1\n2025-01-01,P0,A,B,1,C1").Problems).ToString());

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("product,provider,buyer,amount_yuan", "row 1: no column registered_at")]
    [InlineData("registered_at,product,provider,buyer", "row 1: none of amount_yuan and amount_fen; one is needed")]
    [InlineData(Titles + ",amount_fen", "row 1: both of amount_yuan and amount_fen; one is needed")]
    [InlineData(Titles + ",buyer", "row 1: the title 'buyer' stands 2 times")]
    [InlineData(Titles + "\n2025-01-01,\"P", "row 2: a quote is not closed")]
    [InlineData(Titles + "\n2025-01-01,\"P\"x,A,B,1", "row 2: after a closing quote comes neither a comma nor the end of the line")]
    [InlineData(Titles + "\n2025-01-01,P\"x,A,B,1", "row 2: a quote stands within a field")]
    public void What_is_no_list_is_refused(string text, string told) => Assert.StartsWith(told, Assert.Throws<WrongInputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_may_have_titles_of_their_own()
    {
        const string text = "成交日期,产品,卖方,买方,成交金额,备注\n2025-03-31,P1,A,B,5,x";
        string[] mappings = ["registered_at=成交日期", "product=产品", "provider=卖方", "buyer=买方", "amount_yuan=成交金额"];
        var list = Read(text, mappings);
        Assert.Equal(("P1", 500L), (Assert.Single(list.Rows).Product.Value, list.Rows[0].AmountFen));
        Assert.Equal(["备注"], list.Ignored);
        Assert.StartsWith("--column 'price=产品' is not allowed: NAME=TITLE with a NAME of registered_at, product", Wrong("price=产品"), StringComparison.Ordinal);
        Assert.StartsWith("--column 'product=货物' is not allowed: the file's titles are 成交日期, 产品", Wrong("product=货物"), StringComparison.Ordinal);
        var problem = Assert.Single(Read(text.Replace(",5,", ",5x,", StringComparison.Ordinal), mappings).Problems);
        Assert.Equal((2, "成交金额"), (problem.Row, problem.Column));

        string Wrong(string mapping) => Assert.Throws<WrongInputException>(() => Read(text, [mapping])).Message;
    }

    [Fact]
    public void Records_are_those_of_RFC_4180()
    {
        var records = CsvRecords.Of("\uFEFFa,b\r\n\"x\r\ny\",\"\"\"q\"\"\"\r\n\r\n,\r\nlast,").ToList();
        Assert.Equal([1, 2, 5, 6], records.Select(record => record.Row));
        Assert.Equal(["a|b", "x\r\ny|\"q\"", "|", "last|"], records.Select(record => string.Join('|', record.Cells)));
    }

    [Fact]
    public async Task The_exchange_itself_has_the_last_word()
    {
        // A party that the exchange needs for itself cannot be a buyer.
        var list = Read(Titles + "\n2025-03-31,P1,A,B,1\n2025-03-31,P2,A,authority,1");
        var refused = Assert.Single(await DealListReplay.TryAsync(list.Rows, new string('0', 64), TestContext.Current.CancellationToken));
        Assert.Equal(3, refused.Row);
        Assert.Empty(await DealListReplay.TryAsync([list.Rows[0]], new string('0', 64), TestContext.Current.CancellationToken));
    }

    private static DealList Read(string text, params string[] mappings) => new DealListReader("hzdex", ["transport"]).Read(text, mappings);
}
