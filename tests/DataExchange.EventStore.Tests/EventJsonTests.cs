using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;

namespace DataExchange.EventStore.Tests;

public sealed class EventJsonTests
{
    private static readonly SimulatedTime At = SimulatedTime.Parse("2024-03-05T10:15:30+08:00");

    public static TheoryData<string> Types => [.. EventRegistry.All.Select(type => type.Name)];

    [Fact]
    public void An_event_is_stored_in_this_form()
    {
        var valued = new ProductValued(
            new("P000042"), PriceUnit.PerCall, [new(ValuationApproach.Cost, 120, 4_000), new(ValuationApproach.Market, 90, 6_000)], 2_000)
        {
            At = At,
            By = new("assessor-1"),
        };

        Assert.Equal(
            """
            {"at":"2024-03-05T10:15:30+08:00","by":"assessor-1","estimates":[{"approach":"Cost","unitValueFen":120,"weightBasisPoints":4000},{"approach":"Market","unitValueFen":90,"weightBasisPoints":6000}],"product":"P000042","toleranceBasisPoints":2000,"unit":"PerCall"}
            """,
            Text(valued));
    }

    [Fact]
    public void Rights_are_an_array_of_their_names_in_ascending_order() => Assert.Equal(
        """{"at":"2024-03-05T10:15:30+08:00","by":"a","licensee":"b","product":"P1","rights":["ResourceHolding","ProductOperation"],"until":"2024-12-31T00:00:00+08:00"}""",
        Text(new RightsLicensed(
            new("P1"), new("b"), DataRights.ProductOperation | DataRights.ResourceHolding, SimulatedTime.On(new(2024, 12, 31)))
        { At = At, By = new("a") }));

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_written_is_what_an_independent_RFC_8785_writer_gives(string type)
    {
        foreach (var specimen in Both(type))
        {
            var written = Text(specimen);
            Assert.Equal(NaiveJson.Canonical(written), written);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_was_written_is_read_and_written_the_same_again(string type)
    {
        foreach (var specimen in Both(type))
        {
            var written = Text(specimen);
            var read = Read(type, written);
            Assert.IsType(specimen.GetType(), read);
            Assert.Equal(specimen.At, read.At);
            Assert.Equal(written, Text(read));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_text_of_a_jsonb_value_is_read_and_written_canonically(string type)
    {
        foreach (var specimen in Both(type))
        {
            var written = Text(specimen);
            Assert.Equal(written, Text(Read(type, NaiveJson.Jsonb(written))));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_field_that_is_missing_is_an_error_at_every_level(string type)
    {
        var removed = 0;
        foreach (var (owner, name) in Fields(Text(Specimens.Full(EventRegistry.Find(type)!.Type))))
        {
            var isOptional = (owner.Path, name) is ("$.terms", "copies" or "steps" or "promotion" or "tiers" or "minimumFen" or "degraded" or "revenue") || (type, name) is ("price_set.v1", "overrideReason") or ("party_registered.v1", "subTrack") or ("negotiation_terminated.v1", "reason")
                || (owner.Path, name) is ("$.terms", "until") || (type, name) is ("book_order_entered.v1", "admittedFor") or ("packs_traded.v1", "taker")
                || (owner.Path, name) is ("$.fee", "mostFen") or ("$.terms", "fee") or ("$.terms.fee", "mostFen") || (type, name) is ("transaction_registered.v1", "fee" or "claimDays")
                || (owner.Path == "$.rules" && name is "copies" or "revealUntil" or "startFen" or "stepFen" or "stepSeconds" or "quietSeconds" or "coinCommitment")
                || (type, name) is ("licence_granted.v1" or "order_rejected.v1", "auction") or ("licence_granted.v1" or "order_matched.v1", "tiers" or "minimumFen" or "degraded" or "revenue" or "bundle") or ("order_rejected.v1", "bundle") or ("transfer_completed.v1", "degraded") or ("order_matched.v1", "channel") or ("auction_closed.v1", "noSale" or "coin" or "admittedFor")
                || (type, name) is ("bid_committed.v1", "admittedFor") or ("bid_placed.v1", "admittedFor" or "outbid" or "ends")
                || (type, name) is ("delivery_accepted.v1" or "acceptance_timed_out.v1" or "dispute_dismissed.v1", "fixedFen") or ("product_listed.v1", "game") or ("contract_offered.v1", "validUntil") or ("requirement_posted.v1", "form" or "licence") || name is "productVersion" or "inSandbox" || (type == "product_valued.v1" && name is "unitValueFen" or "cost" or "income" or "market");
            var withoutIt = Changed(owner, name, (fields, field) => fields.Remove(field));
            if (isOptional)
            {
                Read(type, withoutIt);
            }
            else
            {
                Assert.Contains(type, Assert.Throws<JsonException>(() => Read(type, withoutIt)).Message, StringComparison.Ordinal);
            }

            removed++;
        }

        Assert.True(removed >= 3, $"only {removed} fields were tried");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_field_that_is_unknown_renamed_or_given_twice_is_an_error(string type)
    {
        var written = Text(Specimens.Full(EventRegistry.Find(type)!.Type));
        Assert.Throws<JsonException>(() => Read(type, $$"""{"extra":1,{{written[1..]}}"""));
        Assert.Throws<JsonException>(() => Read(type, $$"""{"by":"x",{{written[1..]}}"""));
        foreach (var (owner, name) in Fields(written))
        {
            Assert.Throws<JsonException>(() => Read(type, Changed(owner, name, (fields, field) => fields.Add(field + "X", 1))));
            Assert.Throws<JsonException>(() => Read(type, Changed(owner, name, (fields, field) => fields[field] = JsonNode.Parse("{}"))));
        }
    }

    [Theory]
    [InlineData("product", "\"\"", "an empty id")]
    [InlineData("product", "null", "no id")]
    [InlineData("at", "\"2024-03-05T02:15:30Z\"", "a time in another zone")]
    [InlineData("at", "\"2024-02-30T02:15:30+08:00\"", "a day that is not in the calendar")]
    [InlineData("at", "\"2024-03-05T10:15:30.5+08:00\"", "a part of a second")]
    [InlineData("rights", "[\"ProductOperation\",\"ResourceHolding\"]", "flags out of order")]
    [InlineData("rights", "[\"ResourceHolding\",\"ResourceHolding\"]", "a flag twice")]
    [InlineData("rights", "\"ResourceHolding\"", "flags not in an array")]
    [InlineData("rights", "[4]", "a flag by number")]
    public void A_value_of_another_form_is_an_error(string field, string value, string what)
    {
        var fields = JsonNode.Parse(Text(Specimens.Full(typeof(RightsLicensed))))!.AsObject();
        fields[field] = JsonNode.Parse(value);
        Assert.True(Record.Exception(() => Read("rights_licensed.v1", fields.ToJsonString())) is JsonException, $"{what} was taken");
    }

    [Theory]
    [InlineData("\"shelf\"")]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"Shelf, FiledContract\"")]
    public void An_enumeration_is_read_only_by_the_exact_name(string value)
    {
        var fields = JsonNode.Parse(Text(Specimens.Full(typeof(LicenceGranted))))!.AsObject();
        fields["channel"] = JsonNode.Parse(value);
        Assert.Contains("Shelf, RegisteredContract, FiledContract",
            Assert.Throws<JsonException>(() => Read("licence_granted.v1", fields.ToJsonString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_integer_that_not_every_reader_holds_exactly_is_an_error()
    {
        var deposit = new FundsDeposited(new("B1"), 1L << 53) { At = At, By = new("B1") };
        Assert.Throws<JsonException>(() => EventJson.Write(deposit));
        Assert.Throws<JsonException>(() => Read("funds_deposited.v1", """{"amountFen":9007199254740992,"at":"2024-03-05T10:15:30+08:00","by":"B1","party":"B1"}"""));
        Assert.Throws<JsonException>(() => Read("funds_deposited.v1", """{"amountFen":1.5,"at":"2024-03-05T10:15:30+08:00","by":"B1","party":"B1"}"""));
    }

    [Fact]
    public void An_unknown_type_name_is_an_error_that_names_it() =>
        Assert.Contains("product_sold.v1", Assert.Throws<JsonException>(() => Read("product_sold.v1", "{}")).Message, StringComparison.Ordinal);

    [Fact]
    public void After_an_event_that_cannot_be_written_the_next_one_is_written_whole()
    {
        var good = new FundsDeposited(new("B1"), 100) { At = At, By = new("B1") };
        var expected = Text(good);
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Throws<JsonException>(() => EventJson.Write(buffer, good with { AmountFen = long.MaxValue }));
        Assert.Equal(0, buffer.WrittenCount);
        EventJson.Write(buffer, good);
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void Martens_serializer_writes_and_reads_the_same_form()
    {
        var serializer = new Marten.StoreOptions();
        serializer.UseSystemTextJsonForSerialization(new JsonSerializerOptions(EventJson.Options), Weasel.Core.EnumStorage.AsString, Weasel.Core.Casing.CamelCase);
        foreach (var specimen in Specimens.All)
        {
            var json = serializer.Serializer().ToJson(specimen);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(NaiveJson.Jsonb(json)));
            Assert.Equal(Text(specimen), json);
            Assert.Equal(json, Text((Event)serializer.Serializer().FromJson(specimen.GetType(), stream)));
        }
    }

    private static Event[] Both(string type) =>
        [Specimens.Full(EventRegistry.Find(type)!.Type), Specimens.Sparse(EventRegistry.Find(type)!.Type)];

    private static string Text(Event @event) => Encoding.UTF8.GetString(EventJson.Write(@event));

    private static Event Read(string type, string json) => EventJson.Read(type, Encoding.UTF8.GetBytes(json));

    /// <summary>Every object in the JSON by its path, with the names of its fields.</summary>
    private static IEnumerable<((string Json, string Path) Owner, string Name)> Fields(string json)
    {
        var pending = new Queue<JsonNode>([JsonNode.Parse(json)!]);
        while (pending.TryDequeue(out var node))
        {
            foreach (var (name, value) in node is JsonObject fields ? fields.ToArray() : [])
            {
                yield return ((json, node.GetPath()), name);
                if (value is JsonObject)
                {
                    pending.Enqueue(value);
                }

                foreach (var member in value is JsonArray array ? array.OfType<JsonObject>() : [])
                {
                    pending.Enqueue(member);
                }
            }
        }
    }

    private static string Changed((string Json, string Path) owner, string name, Action<JsonObject, string> change)
    {
        var root = JsonNode.Parse(owner.Json)!;
        var pending = new Queue<JsonNode>([root]);
        while (pending.TryDequeue(out var node))
        {
            if (node is JsonObject found && node.GetPath() == owner.Path)
            {
                change(found, name);
                return root.ToJsonString();
            }

            var children = node is JsonObject fields ? fields.Select(field => field.Value) : (JsonArray)node;
            foreach (var child in children.Where(child => child is JsonObject or JsonArray))
            {
                pending.Enqueue(child!);
            }
        }

        throw new InvalidOperationException($"{owner.Path} is not in {owner.Json}");
    }
}
