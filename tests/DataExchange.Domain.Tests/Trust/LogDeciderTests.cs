using DataExchange.Domain.Trust;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trust;

public sealed class LogDeciderTests : DeciderSpecification<LogDecider, LogCommand, VenueLog>
{
    private const string Origin = "log.example/zjbdec";
    private static readonly LogKey Key = new(0, "00000001", "k0");
    private static readonly LogKey Later = new(1, "00000002", "k1");
    private static readonly LogOpened Opened = new(Venue, Origin, Key) { At = Day(0), By = Provider };
    private static readonly TreeHeadPublished Published = new(Venue, Origin, new(10, "aa")) { At = Day(1), By = Provider };
    private static readonly TreeHeadPublished OfOther = new(OtherVenue, "log.example/hzdex", new(7, "cc")) { At = Day(1), By = Provider };
    private static readonly TreeHeadAnchored Anchored = new(Venue, OtherVenue, "log.example/hzdex", new(7, "cc")) { At = Day(2), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["closed"] = [],
        ["open"] = [Opened],
        ["published"] = [Opened, Published],
        ["anchored"] = [Opened, Published, Anchored],
        ["rotated"] = [Opened, new LogKeyRotated(Venue, Later) { At = Day(1), By = Provider }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, LogCommand> Commands { get; } = new Dictionary<string, LogCommand>
    {
        ["OpenLog"] = new OpenLog(Venue, Origin, Key) { At = Day(3), By = Provider },
        ["RotateLogKey"] = new RotateLogKey(Venue, Later) { At = Day(3), By = Provider },
        ["PublishTreeHead"] = new PublishTreeHead(Venue, new TreeHead(20, "bb")) { At = Day(3), By = Provider },
        ["AnchorTreeHead"] = new AnchorTreeHead(Venue, OfOther) { At = Day(3), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command         | closed      | open              | published         | anchored           | rotated
        OpenLog         | LogOpened   | !LogAlreadyOpen   | !LogAlreadyOpen   | !LogAlreadyOpen    | !LogAlreadyOpen
        RotateLogKey    | !LogNotOpen | LogKeyRotated     | LogKeyRotated     | LogKeyRotated      | !LogKeyUnchanged
        PublishTreeHead | !LogNotOpen | TreeHeadPublished | TreeHeadPublished | TreeHeadPublished  | TreeHeadPublished
        AnchorTreeHead  | !LogNotOpen | TreeHeadAnchored  | TreeHeadAnchored  | !TreeHeadUnchanged | TreeHeadAnchored
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        LogKeyRotated: open, published, anchored
        LogOpened: closed
        TreeHeadAnchored: open, published, rotated
        TreeHeadPublished: open, published, anchored, rotated
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("a log is opened with a key", "closed", new OpenLog(Venue, Origin) { At = Day(3), By = Provider }, "!LogKeyMissing"),
        new("a key is changed for one there is", "open", new RotateLogKey(Venue) { At = Day(3), By = Provider }, "!LogKeyMissing"),
        new("a key is changed for another one", "open", new RotateLogKey(Venue, Key with { Generation = 5 }) { At = Day(3), By = Provider }, "!LogKeyUnchanged"),
        new("a key is changed for a later one", "rotated", new RotateLogKey(Venue, Key) { At = Day(3), By = Provider }, "!LogKeyUnchanged"),
        new("where no logs are kept there is no head", "open", new PublishTreeHead(Venue) { At = Day(3), By = Provider }, "!TreeHeadMissing"),
        new("a log never shrinks", "published", new PublishTreeHead(Venue, new TreeHead(9, "bb")) { At = Day(3), By = Provider }, "!TreeHeadShrinks"),
        new("a log has one head of a size", "published", new PublishTreeHead(Venue, new TreeHead(10, "bb")) { At = Day(3), By = Provider }, "!TreeHeadForks"),
        new("the same head is not published twice", "published", new PublishTreeHead(Venue, new TreeHead(10, "aa")) { At = Day(3), By = Provider }, "!TreeHeadUnchanged"),
        new("a head of nothing but heads is not published", "anchored", new PublishTreeHead(Venue, new TreeHead(12, "bb")) { At = Day(3), By = Provider }, "!TreeHeadUnchanged"),
        new("one fact more than heads is enough", "anchored", new PublishTreeHead(Venue, new TreeHead(13, "bb")) { At = Day(3), By = Provider }, "TreeHeadPublished"),
        new("a log does not vouch for itself", "open", new AnchorTreeHead(Venue, Published) { At = Day(3), By = Provider }, "!OwnTreeHead"),
        new("another log never shrinks", "anchored", new AnchorTreeHead(Venue, OfOther with { Head = new(6, "cc") }) { At = Day(3), By = Provider }, "!TreeHeadShrinks"),
        new("another log has one head of a size", "anchored", new AnchorTreeHead(Venue, OfOther with { Head = new(7, "dd") }) { At = Day(3), By = Provider }, "!TreeHeadForks"),
        new("a later head is anchored", "anchored", new AnchorTreeHead(Venue, OfOther with { Head = new(8, "dd") }) { At = Day(3), By = Provider }, "TreeHeadAnchored"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["closed", "open"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(VenueLog state) => [state.Key is null ? "closed" : "open"];
}
