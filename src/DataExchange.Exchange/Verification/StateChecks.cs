using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Auctions;

namespace DataExchange.Exchange.Verification;

/// <summary>What an event must say, given the state of its own stream before it.</summary>
internal sealed class StateChecks(ProblemList problems)
{
    internal void Check(string stream, int version, object state, Event @event)
    {
        (AuditRule Rule, string Detail)? found = (state, @event) switch
        {
            (_, ProductListed { Game: { } game } e) => OfShares(e, game),
            (IssuanceRight s, LicenceGranted e) => OfGrant(s, e),
            (Auction s, BidRevealed e) => OfReveal(s, e),
            (Auction s, AuctionClosed e) => OfClose(s, e),
            (DealState s, TransactionRegistered e) => OfRegistration(s, e),
            (IssuanceRight { Terms: { } terms }, BundleJoined e) when BundleCandidate.AloneFen(terms, e.At) is var alone && alone != e.AloneFen =>
                (AuditRule.BundleDiffers, $"{e.AloneFen} fen is what it costs alone by {e.Bundle}; by its terms it is {alone} fen"),
            (_, BundleOffered e) when e.PriceFen > 0 && e.Parts.Any(part => part.AloneFen > 0) && e.Parts.All(part => part.AloneFen >= 0)
                && new Money(e.PriceFen).Split([.. e.Parts.Select(part => part.AloneFen)]) is var due && !due.Select(share => share.Fen).SequenceEqual(e.Parts.Select(part => part.ShareFen)) =>
                (AuditRule.BundleDiffers, $"the price is split into {string.Join(", ", e.Parts.Select(part => part.ShareFen))} fen; in proportion to the parts it is {string.Join(", ", due.Select(share => share.Fen))} fen"),
            (DealState s, UsageReported e) => OfUsage(s, e),
            (DealState s, DeliveryAccepted or AcceptanceTimedOut or DisputeDismissed or RevenueReported or RevenueOverdue) => RevenueChecks.Of(s, @event),
            (DealState s, TransferCompleted e) when e.Degraded != s.Degraded =>
                (AuditRule.DeliveryDiffers, $"delivered is {SalePrices.Show(e.Degraded)}; sold was {SalePrices.Show(s.Degraded)}"),
            (PartyAccount s, FundsHeld e) when s.Available.Fen < e.AmountFen =>
                (AuditRule.AccountOverdrawn, $"{e.AmountFen} fen are held for {e.Deal}, available are {s.Available.Fen} fen"),
            (PartyAccount s, HoldReleased e) => OfHold(s, e.Deal, e.AmountFen),
            (PartyAccount s, HoldCaptured e) => OfHold(s, e.Deal, e.AmountFen),
            (DealSettlement s, DealSettled e) when s.Terms is not null => OfDistribution(s, e.Postings, s.InEscrow.Fen),
            (DealSettlement s, PeriodSettled e) when s.Terms is not null =>
                OfDistribution(s, e.Postings, e.IsLast ? s.InEscrow.Fen : Sum(e.Postings)),
            (DealSettlement s, DealRefunded e) when e.AmountFen > s.InEscrow.Fen =>
                (AuditRule.EscrowOverdrawn, $"{e.AmountFen} fen are refunded, in escrow are {s.InEscrow.Fen} fen"),
            (DealSettlement s, DealChargedBack e) when s.Terms is not null => OfChargeback(s, e),
            (PartyPayable s, ProceedsPaidOut e) => OfPayable(s, e.ProceedsFen, e.AmountFen),
            (PartyPayable s, ProceedsOffset e) => OfPayable(s, e.ProceedsFen, e.AmountFen),
            (PartyPayable s, ProceedsChargedBack e) => OfPayable(s, e.ProceedsFen, e.TakenFen),
            (DealSettlement s, DataInvoiceIssued e) => OfInvoice(s, e),
            (EvidenceChain s, InvoiceAnchored e) when e.Head != EvidenceDigest.Link(s.Head, e.Digest) =>
                (AuditRule.ChainBroken,
                    $"the head is {e.Head}; from {s.Head} and {e.Digest} follows {EvidenceDigest.Link(s.Head, e.Digest)}"),
            _ => null,
        };
        if (found is { } problem)
        {
            problems.Add(stream, version, problem.Rule, problem.Detail);
        }
    }

    private static (AuditRule, string)? OfShares(ProductListed e, ContributionGame game)
    {
        if (game.Problem(e.Holder) is { } problem)
        {
            return (AuditRule.FairSharesDiffer, $"the recorded game is not sound: {problem}");
        }

        var due = FairShares.Of(game);
        return due.SequenceEqual(e.Contributors)
            ? null
            : (AuditRule.FairSharesDiffer, $"the shares are {Show(e.Contributors)}; from the recorded game follows {Show(due)}");
    }

    private static string Show(IReadOnlyList<ContributorShare> shares) =>
        shares.Count == 0 ? "none" : string.Join(", ", shares.Select(share => $"{share.Party} {share.ShareBasisPoints}"));

    private static (AuditRule, string)? OfGrant(IssuanceRight state, LicenceGranted e)
    {
        if (e.InSandbox == true)
        {
            return OfTrial(state, e);
        }

        if (state.ExclusiveHolder is { } holder)
        {
            return (AuditRule.ExclusiveSoldTwice, $"{e.Deal} is granted a licence while {holder} holds the exclusive one");
        }

        if (state.Terms is not { } terms)
        {
            return (AuditRule.SoldWithoutListing, $"{e.Deal} is granted a licence before any offer was opened");
        }

        var status = state.At(e.Venue);
        if (status != OfferStatus.Open)
        {
            return status == OfferStatus.Suspended
                ? (AuditRule.SoldWhileSuspended, $"{e.Deal} is granted a licence at {e.Venue} while the offer there is suspended")
                : (AuditRule.SoldWithoutListing, $"{e.Deal} is granted a licence at {e.Venue}, where the product is not offered");
        }

        if (e.At >= state.ValidUntil)
        {
            return (AuditRule.SoldAfterCertificateEnd,
                $"{e.Deal} is granted a licence at {e.At}; the certificate ended at {state.ValidUntil}");
        }

        if (terms.Copies < (long)state.CopiesIssued + e.Quantity)
        {
            return (AuditRule.CapExceeded, $"{e.Deal} takes {e.Quantity} copies; of {terms.Copies} are {state.CopiesIssued} issued");
        }

        return OffTerms(state, terms, e) is { } difference ? (AuditRule.SoldOffTerms, $"{e.Deal}: {difference}") : null;
    }

    private static (AuditRule, string)? OfReveal(Auction state, BidRevealed e) =>
        state.Bids.TryGetValue(e.Bidder.Value, out var bid) && AuctionRun.CommitmentOf(e.Auction, e.Bidder, e.AmountFen, e.Nonce) is var opens && opens != bid.Commitment
            ? (AuditRule.RevealDiffers, $"{e.Bidder} opens {opens ?? "nothing that can be bid"}; it committed to {bid.Commitment}")
            : null;

    private static (AuditRule, string)? OfClose(Auction state, AuctionClosed e)
    {
        if (e.Coin is { } coin && state.Rules?.CoinCommitment is { } commitment && !(AuctionRules.IsSecret(coin) && AuctionRules.CommitmentOfCoin(coin) == commitment))
        {
            return (AuditRule.AuctionDiffers, $"the coin is not the one that was committed to: {commitment}");
        }

        if (AuctionRun.Of(state, e.At, e.Coin) is not { } due)
        {
            return null;
        }

        return e.NoSale == due.NoSale && e.Awards.Select(award => new AuctionPrice(award.Bidder, award.PriceFen)).SequenceEqual(due.Awards) ? null
            : (AuditRule.AuctionDiffers,
                $"the outcome is {Show(e.Awards.Select(award => new AuctionPrice(award.Bidder, award.PriceFen)), e.NoSale)}; from the bids follows {Show(due.Awards, due.NoSale)}");
    }

    private static string Show(IEnumerable<AuctionPrice> awards, AuctionNoSale? noSale) =>
        noSale?.ToString() ?? string.Join(", ", awards.Select(award => $"{award.Bidder} at {award.PriceFen} fen"));

    private static (AuditRule, string)? OfTrial(IssuanceRight state, LicenceGranted e) =>
        state.TrialAt(e.Venue) is not { } trial
            ? (AuditRule.SoldOutsideSandbox, $"{e.Deal} is granted a licence on trial at {e.Venue}, where none was opened")
        : trial.IsClosed || e.At >= trial.Conditions.Until
            ? (AuditRule.SoldAfterSandboxEnd, $"{e.Deal} is granted a licence on trial at {e.At}; the trial had ended")
        : !trial.Conditions.Admit(e.Buyer)
            ? (AuditRule.SoldOutsideSandbox, $"{e.Deal} is granted a licence on trial to {e.Buyer}, who may not buy on trial")
        : (!trial.Buyers.Contains(e.Buyer) && trial.Buyers.Count >= trial.Conditions.MostBuyers) || (Int128)trial.Granted.Fen + e.AmountFen > trial.Conditions.MostAmountFen
            ? (AuditRule.SandboxLimitExceeded,
                $"{e.Deal} takes {e.AmountFen} fen; {trial.Buyers.Count} of {trial.Conditions.MostBuyers} firms bought for {trial.Granted.Fen} of {trial.Conditions.MostAmountFen} fen")
        : trial.Terms is var terms && (e.Provider != trial.Provider || e.PriceVersion != 0 || e.ResaleAllowed
            || (e.Channel == TradeChannel.Shelf && (SalePrices.Difference(terms, e) is not null)))
            ? (AuditRule.SoldOffTerms, $"{e.Deal} is not sold on the terms of the trial")
        : null;

    private static string? OffTerms(IssuanceRight state, LicenceTerms terms, LicenceGranted e)
    {
        var isShelf = e.Channel == TradeChannel.Shelf;
        var isPosted = isShelf && e.Bundle is null;
        var licence = isShelf || terms.Licence is LicenceKind.Capped or LicenceKind.Exclusive ? terms.Licence : LicenceKind.OpenEnded;
        return e.Quantity < 1 ? $"quantity is {e.Quantity}; the least is 1"
            : e.Provider != state.Provider ? $"provider is {e.Provider}; the offer's is {state.Provider}"
            : e.PriceVersion != state.PriceVersion ? $"price version is {e.PriceVersion}; in force is {state.PriceVersion}"
            : ProductVersions.Of(e.ProductVersion) != state.ProductVersion
                ? $"product version is {ProductVersions.Of(e.ProductVersion)}; in force is {state.ProductVersion}"
            : e.Licence != licence ? $"licence is {e.Licence}; by the terms it is {licence}"
            : isPosted ? SalePrices.Difference(terms, e)
            : null;
    }

    private static (AuditRule, string)? OfRegistration(DealState state, TransactionRegistered e)
    {
        var difference =
            e.Product != state.Product ? $"product is {e.Product}; the deal's is {state.Product}"
            : e.Venue != state.Venue ? $"venue is {e.Venue}; the deal's is {state.Venue}"
            : e.Buyer != state.Buyer ? $"buyer is {e.Buyer}; the deal's is {state.Buyer}"
            : e.Provider != state.Provider ? $"provider is {e.Provider}; the deal's is {state.Provider}"
            : e.Channel != state.Channel ? $"channel is {e.Channel}; the deal's is {state.Channel}"
            : e.Licence != state.Licence ? $"licence is {e.Licence}; the deal's is {state.Licence}"
            : e.AmountFen != state.AmountFen ? $"amount is {e.AmountFen} fen; the deal's is {state.AmountFen} fen"
            : null;
        return difference is null ? null : (AuditRule.RegistrationDiffers, difference);
    }

    private static (AuditRule, string)? OfUsage(DealState state, UsageReported e)
    {
        var left = state.Units - state.UnitsUsed;
        return e.Calls < 1 || e.Calls > left ? (AuditRule.UsageDiffers, $"{e.Calls} calls are reported; left are {left}")
            : e.AmountFen != state.PriceOfNext(e.Calls)
                ? (AuditRule.UsageDiffers, $"{e.Calls} calls from number {state.UnitsUsed + 1} on at {SalePrices.Show(state.UnitPriceFen, state.Tiers)} are reported as {e.AmountFen} fen")
            : null;
    }

    private static (AuditRule, string)? OfHold(PartyAccount state, DealId deal, long amountFen) =>
        state.Holds.GetValueOrDefault(deal) == amountFen ? null
            : (AuditRule.HoldDiffers, $"{amountFen} fen leave the hold for {deal}; held are {state.Holds.GetValueOrDefault(deal)} fen");

    private static (AuditRule, string)? OfDistribution(DealSettlement state, IReadOnlyList<Posting> postings, long releasedFen)
    {
        var sum = Sum(postings);
        if (sum > state.InEscrow.Fen)
        {
            return (AuditRule.EscrowOverdrawn, $"{sum} fen are shared out, in escrow are {state.InEscrow.Fen} fen");
        }

        if (sum != releasedFen)
        {
            return (AuditRule.DistributionDiffers, $"the entries sum to {sum} fen; released are {releasedFen} fen");
        }

        if (sum <= 0)
        {
            return (AuditRule.DistributionDiffers, $"the entries sum to {sum} fen; something above 0 is shared out");
        }

        var expected = state.Terms!.Distribute(new Money(sum), state.Shared);
        return postings.SequenceEqual(expected) ? null
            : (AuditRule.DistributionDiffers, $"the entries are {Shown(postings)}; by the deal's terms they are {Shown(expected)}");
    }

    private static (AuditRule, string)? OfChargeback(DealSettlement state, DealChargedBack e)
    {
        if (e.AmountFen <= 0 || e.AmountFen > state.Shared.Total.Fen)
        {
            return (AuditRule.ChargebackDiffers, $"{e.AmountFen} fen are taken back; shared out were {state.Shared.Total.Fen} fen");
        }

        var back = state.Shared.TakeBack(new Money(e.AmountFen));
        var postings = DealChargedBack.PostingsOf(state.Terms!.Venue, back);
        return e.Postings.SequenceEqual(postings) && e.Shares.SequenceEqual(back.Parties) ? null
            : (AuditRule.ChargebackDiffers,
                $"the entries are {Shown(e.Postings)} and the shares {Shown(e.Shares)}; of what was shared out they are {Shown(postings)} and {Shown(back.Parties)}");
    }

    private static (AuditRule, string)? OfPayable(PartyPayable state, long proceedsFen, long fen) =>
        proceedsFen >= state.ProceedsFen && fen > state.PayableWith(proceedsFen)
            ? (AuditRule.PayableOverdrawn, $"{fen} fen are taken; payable are {state.PayableWith(proceedsFen)} fen")
            : null;

    private static (AuditRule, string)? OfInvoice(DealSettlement state, DataInvoiceIssued e)
    {
        var handle = Handle.OfInvoice(e.Deal);
        var digest = EvidenceDigest.OfInvoice(handle, state.Amount, e.At);
        return e.Invoice != handle ? (AuditRule.InvoiceDiffers, $"the handle is {e.Invoice}; it should be {handle}")
            : e.AmountFen != state.Amount.Fen
                ? (AuditRule.InvoiceDiffers, $"the amount is {e.AmountFen} fen; the deal's is {state.Amount.Fen} fen")
            : e.Digest != digest ? (AuditRule.InvoiceDiffers, $"the digest is {e.Digest}; recomputed it is {digest}")
            : null;
    }

    private static long Sum(IReadOnlyList<Posting> postings)
    {
        var sum = 0L;
        foreach (var posting in postings)
        {
            sum += posting.AmountFen;
        }

        return sum;
    }

    private static string Shown(IReadOnlyList<ProceedsShare> shares) =>
        string.Join(", ", shares.Select(share => $"{share.AmountFen} of {share.Party}"));

    private static string Shown(IReadOnlyList<Posting> postings) =>
        string.Join(", ", postings.Select(posting => $"{posting.AmountFen} from {posting.Debit} to {posting.Credit}"));
}
