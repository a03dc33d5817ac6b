using DataExchange.Domain.Rights;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Rights;

public sealed class PartyDeciderTests : DeciderSpecification<PartyDecider, RegisterParty, PartyRegistration>
{
    private static readonly RegisterParty Registering = new(Provider, "中国数谷科技", "Data Valley Tech", PartyRole.Provider, "T001")
    {
        At = Day(0),
        By = Provider,
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["unknown"] = [],
        ["registered"] = [new PartyRegistered(Provider, "中国数谷科技", "Data Valley Tech", PartyRole.Provider, "T001") { At = Day(0), By = Provider }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, RegisterParty> Commands { get; } =
        new Dictionary<string, RegisterParty> { ["RegisterParty"] = Registering };

    /// <inheritdoc />
    protected override string Decisions => """
        command       | unknown         | registered
        RegisterParty | PartyRegistered | !PartyAlreadyRegistered
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        PartyRegistered: unknown
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("no name in Chinese", "unknown", Registering with { Name = " " }, "!PartyNameMissing"),
        new("no name in English", "unknown", Registering with { NameEn = "" }, "!PartyNameMissing"),
        new("outside the industry chain", "unknown", Registering with { SubTrack = null }, "PartyRegistered"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["unknown", "registered"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(PartyRegistration state) => [state.IsRegistered ? "registered" : "unknown"];
}
