using System.Reflection;
using CsCheck;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Domain.Tests;

/// <summary>Commands with any figures, the extreme ones included: made from the types, so that a new command is covered at once.</summary>
internal static class AnyCommand
{
    private static readonly long[] Longs =
        [1, 0, -1, 30, 100, 1_000, 100_000, 250_000, Money.MostFen - 1, Money.MostFen, Money.MostFen + 1, long.MaxValue, long.MinValue];

    private static readonly int[] Ints = [1, 0, -1, 2, 3, 100, 1_000, 5_000, 9_999, 10_000, 10_001, int.MaxValue, int.MinValue];

    /// <summary>Walks of up to twelve commands of one family.</summary>
    internal static Gen<Command[]> Walk(Type family)
    {
        var types = family.Assembly.GetTypes().Where(type => !type.IsAbstract && family.IsAssignableFrom(type)).OrderBy(type => type.Name).ToArray();
        return Gen.Int[0, types.Length - 1]
            .SelectMany(i => Gen.Int[0, 1_000_000].Array[64].Select(draws => (Command)Make(types[i], new Draws(draws))))
            .Array[1, 12];
    }

    private static object Make(Type type, Draws draws)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, draws))]);
        foreach (var name in (string[])[nameof(Command.At), nameof(Command.By)])
        {
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { } property)
            {
                property.SetValue(made, Value(property.PropertyType, draws));
            }
        }

        return made;
    }

    private static object? Value(Type type, Draws draws)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return draws.Below(3) == 0 ? null : Value(underlying, draws);
        }

        return type switch
        {
            _ when type == typeof(long) => draws.Of(Longs),
            _ when type == typeof(int) => draws.Of(Ints),
            _ when type == typeof(bool) => draws.Below(2) == 0,
            _ when type == typeof(string) => draws.Of("", " ", "internal-analysis", "f00d", new string('九', 400)),
            _ when type == typeof(SimulatedTime) => draws.Of(Sample.Day(0), Sample.Day(1), Sample.Day(40), Sample.Day(400), Sample.Day(4_000)),
            _ when type == typeof(ProductId) => Sample.Product,
            _ when type == typeof(DealId) => draws.Of(Sample.Deal, Sample.Deal, Sample.OtherDeal, new DealId(new string('D', 600))),
            _ when type == typeof(PartyId) => draws.Of(Sample.Provider, Sample.Buyer, Sample.Contributor),
            _ when type == typeof(RequirementId) => Sample.Requirement,
            _ when type == typeof(RankedProduct) => new RankedProduct(
                draws.Of(Sample.Product, Sample.OtherProduct), draws.Of(Ints), draws.Of(0, 10_000), draws.Of(0, 10_000), draws.Of(0, 10_000), draws.Of(0, 10_000), draws.Of(Ints)),
            _ when type == typeof(IReadOnlyList<RankedProduct>) => List<RankedProduct>(draws),
            _ when type == typeof(AuctionId) => AuctionId.Of(Sample.Product, 1),
            _ when type == typeof(AuctionRules) => draws.Below(2) == 0 ? draws.Of(AuctionSample.SecondPrice, AuctionSample.English, AuctionSample.Dutch, AuctionSample.RandomSampling) : Make(type, draws),
            _ when type == typeof(AuctionOutcome) => draws.Below(2) == 0 ? AuctionSample.Nothing : Make(type, draws),
            _ when type == typeof(IReadOnlyList<AuctionPrice>) => List<AuctionPrice>(draws),
            _ when type == typeof(AuctionAnnounced) || type == typeof(AuctionAward) => Make(type, draws),
            _ when type == typeof(VenueId) => draws.Of(Sample.Venue, Sample.Venue, Sample.OtherVenue),
            _ when type == typeof(Handle) => Sample.Certificate,
            _ when type.IsEnum => draws.Of([.. Enum.GetValues(type).Cast<object>()]),
            _ when type == typeof(IReadOnlyList<PartyId>) => draws.Of<PartyId[]>([], [Sample.Buyer], [Sample.Buyer, Sample.Contributor], [Sample.Buyer, Sample.Buyer]),
            _ when type == typeof(SandboxConditions) => draws.Below(2) == 0 ? Sample.OnTrial : Make(type, draws),
            _ when type == typeof(IReadOnlyList<ContributorShare>) => List<ContributorShare>(draws),
            _ when type == typeof(ContributionGame) => draws.Below(2) == 0 ? null : Make(type, draws),
            _ when type == typeof(IReadOnlyList<long>) => draws.Of<long[]>([], [0, 5], [0, 5, 0, 9], [1, 2, 3, 4], [0, 0, 0, 0]),
            _ when type == typeof(IReadOnlyList<FeeTier>) => List<FeeTier>(draws),
            _ when type == typeof(FeeSchedule) => draws.Below(2) == 0 ? FeeSchedule.Flat : Make(type, draws),
            _ when type == typeof(IReadOnlyList<ValueEstimate>) => draws.Below(2) == 0
                ? [new ValueEstimate(ValuationApproach.Cost, draws.Of(Longs), 10_000)]
                : List<ValueEstimate>(draws),
            _ when type == typeof(CostInputs) || type == typeof(IncomeInputs) || type == typeof(MarketInputs) => draws.Below(2) == 0 ? null : Make(type, draws),
            _ when type == typeof(Comparable) => Make(type, draws),
            _ when type == typeof(IReadOnlyList<long>) => draws.Of<long[]>([], [draws.Of(Longs)], [1, -1]),
            _ when type == typeof(IReadOnlyList<Comparable>) => List<Comparable>(draws),
            _ when type == typeof(IReadOnlyList<QuantityStep>) => draws.Below(2) == 0 ? null : List<QuantityStep>(draws),
            _ when type == typeof(IReadOnlyList<DegradedVersion>) => draws.Below(2) == 0 ? null : List<DegradedVersion>(draws),
            _ when type == typeof(BundleId) => new BundleId("B000001"),
            _ when type == typeof(IReadOnlyList<ProductId>) => draws.Of<ProductId[]>([], [Sample.Product], [Sample.Product, Sample.OtherProduct], [Sample.Product, Sample.Product]),
            _ when type == typeof(IReadOnlyList<BundleCandidate>) => draws.Below(2) == 0 ? null : List<BundleCandidate>(draws),
            _ when type == typeof(IReadOnlyList<HoldPart>) => List<HoldPart>(draws),
            _ when type == typeof(BundleCandidate) || type == typeof(HoldPart) || type == typeof(OrderedPart) => Make(type, draws),
            _ when type == typeof(IReadOnlyList<CallTier>) => draws.Below(2) == 0 ? null : List<CallTier>(draws),
            _ when type == typeof(LicenceTerms) => draws.Below(2) == 0
                ? draws.Of(Sample.OpenEnded, Sample.TwoCopies, Sample.Exclusive, Sample.CallPack, Sample.ByContract)
                : Make(type, draws),
            _ when type == typeof(UsagePolicy) || type == typeof(DistributionTerms) || type == typeof(LicenceGranted)
                || type == typeof(BookOrderTerms) || type == typeof(BookRules) || type == typeof(PacksAllotted) || type == typeof(PacksTraded)
                || type == typeof(FeeTier) || type == typeof(CallTier) || type == typeof(RevenueShareTerms) || type == typeof(DegradedVersion) || type == typeof(QuantityStep) || type == typeof(PromotionTerms) || type == typeof(ContributorShare) || type == typeof(ValueEstimate) || type == typeof(LogKey) || type == typeof(TreeHead)
                || type == typeof(TreeHeadPublished) => Make(type, draws),
            _ => throw new NotSupportedException($"Say which values of {type} a command may carry."),
        };
    }

    private static T[] List<T>(Draws draws) => [.. Enumerable.Range(0, draws.Below(4)).Select(_ => (T)Make(typeof(T), draws))];

    private sealed class Draws(int[] values)
    {
        private int _next;

        internal int Below(int bound) => values[_next++ % values.Length] % bound;

        internal T Of<T>(params T[] choices) => choices[Below(choices.Length)];
    }
}
