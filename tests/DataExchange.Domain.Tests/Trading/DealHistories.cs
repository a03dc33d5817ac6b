using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

/// <summary>What happened to the deals of the specification.</summary>
internal static class DealHistories
{
    internal const long AmountFen = 100_000;

    internal static readonly ContributorShare[] Contributors = [new(Contributor, 1_000)];

    internal static readonly UsagePolicy Policy = new("internal-analysis", "credit scoring", "CN", 365, false);

    internal static LicenceGranted Granted(TradeChannel channel, LicenceTerms terms, int quantity = 1) => new(
        Product, Deal, Venue, Buyer, Provider, channel, terms.Licence, quantity, terms.Licence == LicenceKind.CallPack ? terms.UnitsPerPack * quantity : 0,
        terms.UnitPriceFen, terms.AmountFor(quantity, Day(60)).Fen, 1, false, Contributors, Revenue: terms.Revenue) { At = Day(60), By = Buyer };

    /// <summary>40,000 fen, and a tenth of what the buyer earns in three periods, at most 60,000 fen.</summary>
    internal static readonly LicenceTerms Shared = OpenEnded with { UnitPriceFen = 40_000, Revenue = new(1_000, 3, 60_000, 15) };

    internal static readonly PacksTraded Trade = new(
        Product, Deal, Venue, Buyer, 1, Provider, 1, BookSide.Buy, true, 4, 4_000, 25_000, 100_000, 0, 250, 600, Contributors) { At = Day(60), By = Buyer };

    private static readonly Event Confirmed = new TradeConfirmed(
        Deal, Product, Venue, Buyer, Provider, 4, 4_000, 25_000, 100_000, 250, 600, Contributors) { At = Day(60), By = Buyer };

    internal static Dictionary<string, Event[]> All()
    {
        var shelf = Upto(TradeChannel.Shelf, OpenEnded);
        var contract = Upto(TradeChannel.RegisteredContract, OpenEnded);
        var filed = Upto(TradeChannel.FiledContract, OpenEnded);
        var pack = Upto(TradeChannel.Shelf, CallPack);
        Event late = new DeliveryLate(Deal, Day(70)) { At = Day(71), By = Buyer };
        Event delivered = new TransferCompleted(Deal, Day(80)) { At = Day(69), By = Provider };
        Event disputed = new DisputeRaised(Deal, "incomplete") { At = Day(75), By = Buyer };
        Event Accepted(SettlementMode mode) => new DeliveryAccepted(Deal, mode) { At = Day(76), By = Buyer };
        var revenue = Upto(TradeChannel.Shelf, Shared);
        Event AcceptedShared(SimulatedTime at) => new DeliveryAccepted(Deal, SettlementMode.PerPeriod, 40_000) { At = at, By = Buyer };
        Event[] copies = Upto(TradeChannel.Shelf, TwoCopies)["Registered"];
        Event[] claimable =
        [
            .. WithClaims(shelf["Registered"]), delivered, Accepted(SettlementMode.OnAcceptance), new DealCompleted(Deal) { At = Day(76), By = Buyer },
        ];
        Event claimed = new ClaimRaised(Deal, Venue, "hidden defect") { At = Day(100), By = Buyer };
        return new()
        {
            ["None"] = [],
            ["Requested"] = contract["Requested"],
            ["Offered"] = contract["Offered"],
            ["Offered (until day 70)"] = [contract["Requested"][0], new ContractOffered(Deal, 100_000, Day(70)) { At = Day(59), By = Provider }],
            ["ContractAccepted"] = contract["ContractAccepted"],
            ["Matched"] = shelf["Matched"],
            ["Matched:contract"] = contract["Matched"],
            ["Agreed"] = shelf["Agreed"],
            ["Agreed:contract"] = contract["Agreed"],
            ["Agreed:traded"] = [Confirmed],
            ["Verified"] = contract["Verified"],
            ["Finalized"] = contract["Finalized"],
            ["Registered"] = shelf["Registered"],
            ["Overdue"] = [.. shelf["Registered"], late],
            ["Overdue (two copies)"] = [.. copies, late],
            ["Overdue:filed"] = [.. filed["Registered"], late],
            ["Delivered"] = [.. shelf["Registered"], delivered],
            ["Delivered:filed"] = [.. filed["Registered"], delivered],
            ["Disputed"] = [.. shelf["Registered"], delivered, disputed],
            ["Disputed:call pack"] = [.. pack["Registered"], delivered, disputed],
            ["Accepted"] = [.. shelf["Registered"], delivered, Accepted(SettlementMode.OnAcceptance)],
            ["Accepted:call pack"] = [.. pack["Registered"], delivered, Accepted(SettlementMode.PerPeriod)],
            ["Accepted (400 calls left)"] =
            [
                .. pack["Registered"], delivered, Accepted(SettlementMode.PerPeriod),
                new UsageReported(Deal, 600, 18_000, false) { At = Day(100), By = Provider },
            ],
            ["Accepted:revenue"] = [.. revenue["Registered"], delivered, AcceptedShared(Day(76))],
            ["Accepted (two periods reported)"] =
            [
                .. revenue["Registered"], delivered, AcceptedShared(Day(76)),
                new RevenueReported(Deal, Buyer, 1, 100_000, 10_000, 0, false) { At = Day(110), By = Buyer }, new RevenueOverdue(Deal, Buyer, 2, 25_000, false) { At = Day(151), By = Provider },
            ],
            ["Accepted (cap used up)"] =
            [
                .. revenue["Registered"], delivered, AcceptedShared(Day(76)), new RevenueReported(Deal, Buyer, 1, 1_000_000, 60_000, 0, true) { At = Day(110), By = Buyer },
            ],
            ["Disputed (revenue)"] = [.. revenue["Registered"], delivered, disputed],
            ["Completed"] =
                [.. shelf["Registered"], delivered, Accepted(SettlementMode.OnAcceptance), new DealCompleted(Deal) { At = Day(76), By = Buyer }],
            ["Completed:claimable"] = claimable,
            ["Completed (filed)"] =
            [
                .. WithClaims(filed["Registered"]), delivered, Accepted(SettlementMode.OffVenue), new DealCompleted(Deal) { At = Day(76), By = Buyer },
            ],
            ["Claimed"] = [.. claimable, claimed],
            ["Claimed (two copies)"] =
            [
                .. WithClaims(copies), delivered, Accepted(SettlementMode.OnAcceptance), new DealCompleted(Deal) { At = Day(76), By = Buyer }, claimed,
            ],
            ["Claimed (after a refund in part)"] =
            [
                .. WithClaims(shelf["Registered"]), delivered, disputed, new DisputeUpheld(Deal, Product, Buyer, 10_000, false, 0) { At = Day(76), By = Buyer },
                new DealCompleted(Deal) { At = Day(76), By = Buyer }, claimed,
            ],
            ["Completed (claim dismissed)"] = [.. claimable, claimed, new ClaimDismissed(Deal, Venue) { At = Day(110), By = Provider }],
            ["Completed (claim upheld in part)"] =
                [.. claimable, claimed, new ClaimUpheld(Deal, Product, Venue, Buyer, 10_000, false, 0) { At = Day(110), By = Provider }],
            ["ChargedBack"] =
                [.. claimable, claimed, new ClaimUpheld(Deal, Product, Venue, Buyer, AmountFen, true, 0) { At = Day(110), By = Provider }],
            ["Refunded"] =
            [
                .. shelf["Registered"], delivered, disputed,
                new DisputeUpheld(Deal, Product, Buyer, AmountFen, true, 0) { At = Day(78), By = Buyer },
            ],
            ["Terminated"] =
                [.. contract["Requested"], new NegotiationTerminated(Deal, null) { At = Day(61), By = Buyer }],
        };
    }

    // Late claims for 90 days after completion.
    private static IEnumerable<Event> WithClaims(Event[] history) =>
        history.Select(e => e is TransactionRegistered registered ? registered with { ClaimDays = 90 } : e);

    private static Dictionary<string, Event[]> Upto(TradeChannel channel, LicenceTerms terms)
    {
        var granted = Granted(channel, terms);
        Event matched = new OrderMatched(Deal, Product, Venue, Buyer, Provider, granted.Licence, granted.Quantity, granted.Units,
            granted.UnitPriceFen, granted.AmountFen, Contributors, Revenue: granted.Revenue) { At = Day(60), By = Buyer };
        Event agreed = new ContractAgreed(Deal, granted.Licence, granted.Quantity, Policy, Day(70), Contributors) { At = Day(61), By = Buyer };
        Event verified = new ContractVerified(Deal) { At = Day(62), By = Buyer };
        Event final = new ContractFinalized(Deal) { At = Day(63), By = Provider };
        Event registered = new TransactionRegistered(Deal, Product, Venue, Buyer, Provider, channel, granted.Licence, granted.AmountFen,
            250, 600, Contributors) { At = Day(64), By = Provider };
        Event requested = new ContractRequested(Deal, Product, Venue, Buyer, Provider, channel, 80_000) { At = Day(58), By = Buyer };
        Event offered = new ContractOffered(Deal, AmountFen) { At = Day(59), By = Provider };
        Event accepted = new ContractAccepted(Deal, AmountFen) { At = Day(59), By = Buyer };
        if (channel == TradeChannel.Shelf)
        {
            return new() { ["Matched"] = [matched], ["Agreed"] = [matched, agreed], ["Registered"] = [matched, agreed, registered] };
        }

        return new()
        {
            ["Requested"] = [requested],
            ["Offered"] = [requested, offered],
            ["ContractAccepted"] = [requested, offered, accepted],
            ["Matched"] = [requested, offered, accepted, matched],
            ["Agreed"] = [requested, offered, accepted, matched, agreed],
            ["Verified"] = [requested, offered, accepted, matched, agreed, verified],
            ["Finalized"] = [requested, offered, accepted, matched, agreed, verified, final],
            ["Registered"] = [requested, offered, accepted, matched, agreed, verified, final, registered],
        };
    }
}
