using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

public sealed class BuyerDeciderTests : DeciderSpecification<BuyerDecider, AdmitBuyer, BuyerAdmission>
{
    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["not admitted"] = [],
        ["General"] = [new BuyerAdmitted(Buyer, SecurityClass.General) { At = Day(0), By = Buyer }],
        ["Important"] = [new BuyerAdmitted(Buyer, SecurityClass.Important) { At = Day(0), By = Buyer }],
        ["Core"] = [new BuyerAdmitted(Buyer, SecurityClass.Core) { At = Day(0), By = Buyer }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, AdmitBuyer> Commands { get; } = new Dictionary<string, AdmitBuyer>
    {
        ["AdmitBuyer:General"] = new(Buyer, SecurityClass.General) { At = Day(1), By = Buyer },
        ["AdmitBuyer:Important"] = new(Buyer, SecurityClass.Important) { At = Day(1), By = Buyer },
        ["AdmitBuyer:Core"] = new(Buyer, SecurityClass.Core) { At = Day(1), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command              | not admitted  | General               | Important             | Core
        AdmitBuyer:General   | BuyerAdmitted | !BuyerAlreadyAdmitted | !BuyerAlreadyAdmitted | !BuyerAlreadyAdmitted
        AdmitBuyer:Important | BuyerAdmitted | BuyerAdmitted         | !BuyerAlreadyAdmitted | !BuyerAlreadyAdmitted
        AdmitBuyer:Core      | BuyerAdmitted | BuyerAdmitted         | BuyerAdmitted         | !BuyerAlreadyAdmitted
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        BuyerAdmitted: not admitted
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards => [];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => [.. Enum.GetNames<SecurityClass>(), "not admitted"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(BuyerAdmission state) => [state.AdmittedFor?.ToString() ?? "not admitted"];
}
