using DataExchange.Domain.Rights;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Rights;

public sealed class FingerprintDeciderTests : DeciderSpecification<FingerprintDecider, ClaimFingerprint, FingerprintClaim>
{
    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["free"] = [],
        ["claimed"] = [new FingerprintClaimed("f00d", Product) { At = Day(0), By = Provider }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, ClaimFingerprint> Commands { get; } = new Dictionary<string, ClaimFingerprint>
    {
        ["ClaimFingerprint:same product"] = new("f00d", Product) { At = Day(1), By = Provider },
        ["ClaimFingerprint:other product"] = new("f00d", new ProductId("P000002")) { At = Day(1), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command                        | free               | claimed
        ClaimFingerprint:same product  | FingerprintClaimed | !FingerprintAlreadyClaimed
        ClaimFingerprint:other product | FingerprintClaimed | !DuplicateOfEarlierRegistration
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        FingerprintClaimed: free
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards => [];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["free", "claimed"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(FingerprintClaim state) => [state.Product is null ? "free" : "claimed"];
}
