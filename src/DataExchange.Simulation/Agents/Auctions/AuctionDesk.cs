using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Auctions;

/// <summary>
/// The venue's desk for auctions: chooses products on its shelf, announces auctions by what licence they sell, invites bidders, closes, and has the awards
/// led to their end. Each auction has streams of its own.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue.</param>
/// <param name="bidders">Firms that bid.</param>
/// <param name="course">Leads their deals.</param>
public sealed class AuctionDesk(Market market, VenueAgent venue, IReadOnlyList<AuctionBidder> bidders, DealCourse course)
{
    private const int ClockHours = 6;
    private const int StepsOfTheClock = 20;
    private const int CloseMinutes = 10;
    private readonly HashSet<ProductId> _tried = [];
    private ShelfPart? _limited;
    private ShelfPart? _open;

    private AuctionSettings Settings => market.Scenario.Auctions;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Schedules the auctions, evenly from the first day to the end of the history.</summary>
    public void Schedule()
    {
        var days = market.Scenario.Until.DayNumber - Settings.Opens.DayNumber;
        for (var i = 0; i < Settings.Products.Whole; i++)
        {
            var random = market.StreamOf(string.Create(CultureInfo.InvariantCulture, $"auction/{i}"));
            var day = Settings.Opens.AddDays((int)(days * (i + random.NextDouble()) / Settings.Products.Whole));
            Kernel.Start(market.OfficeAt(random, day, 0), () => HoldAsync(random));
        }
    }

    private async ValueTask HoldAsync(RandomStream random)
    {
        var isLimited = random.NextBoolean(Settings.LimitedShare.Value);
        _limited ??= new ShelfPart(market.Shelf, product => IsSuitable(product, isLimited: true));
        _open ??= new ShelfPart(market.Shelf, product => IsSuitable(product, isLimited: false));
        var suitable = isLimited && _limited.Count > 0 ? _limited : _open;
        if (suitable.Count == 0)
        {
            return;
        }

        var product = suitable.At(random.NextInt32(suitable.Count));
        _tried.Add(product.Plan.Product);
        _limited.LookAgainAt(product.Plan.Product);
        _open.LookAgainAt(product.Plan.Product);
        var rules = RulesFor(product.Terms, random, out var coin);
        var outcome = await Kernel.SubmitAsync(new AnnounceAuction(product.Plan.Product, 1, venue.Venue, rules) { At = Kernel.Now, By = venue.Party }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return;
        }

        var announced = (AuctionAnnounced)outcome.Events[0];
        var bids = Invite(announced, product, random);
        var hall = new AuctionHall(market, venue, announced, bids);
        var closed = await hall.RunAsync(coin, CloseMinutes * 60).ConfigureAwait(true);
        NoteTruth(announced, product, bids, [.. closed]);
        foreach (var (bid, deal, fen) in closed)
        {
            Kernel.Start(Kernel.Now, () => ConcludeAsync(announced, product, bid, deal, fen));
        }
    }

    private bool IsSuitable(ShelfProduct product, bool isLimited) =>
        product.Terms.Licence is LicenceKind.Exclusive or LicenceKind.Capped == isLimited
        && product.CanBeBought
        && product.Venues.Contains(venue.Venue)
        && !product.Suspended.Contains(venue.Venue)
        && !_tried.Contains(product.Plan.Product)
        && (isLimited || (product.Terms.Licence == LicenceKind.OpenEnded && product.Terms.Unit == PriceUnit.PerLicence));

    private List<AuctionBid> Invite(AuctionAnnounced announced, ShelfProduct product, RandomStream random)
    {
        var invited = new List<AuctionBidder>();
        var count = Math.Min(random.NextPoisson(Settings.BiddersPerAuction.Value), bidders.Count);
        while (invited.Count < count)
        {
            var one = random.Pick(bidders);
            if (!invited.Contains(one))
            {
                invited.Add(one);
            }
        }

        return invited.ConvertAll(bidder => AuctionBid.Draw(market, announced.Auction, bidder, product.Terms.UnitPriceFen));
    }

    // A licence that takes none away from others could have gone to everybody, whatever the auction's rules say.
    private void NoteTruth(AuctionAnnounced announced, ShelfProduct product, List<AuctionBid> bids, List<(AuctionBid Bid, DealId Deal, long Fen)> awards)
    {
        foreach (var bid in bids)
        {
            var award = awards.Find(one => one.Bid == bid);
            market.Truth.Note(new Opportunity(
                TradeChannel.Auction, announced.Product, product.Plan.Category, product.Terms.Licence, product.Copies, award.Bid is null ? null : award.Deal, bid.ValueFen,
                award.Bid is null ? announced.Rules.ReserveFen : award.Fen, product.Plan.SecurityClass > bid.Bidder.Firm.AdmittedFor ? Rejection.BuyerNotAdmitted : null));
        }
    }

    // A102.
    private AuctionRules RulesFor(LicenceTerms terms, RandomStream random, out string? coin)
    {
        var format = terms.Licence switch
        {
            LicenceKind.Exclusive => random.PickWeighted([3, 3, 2, 2]) switch { 0 => AuctionFormat.FirstPrice, 1 => AuctionFormat.SecondPrice, 2 => AuctionFormat.English, _ => AuctionFormat.Dutch },
            LicenceKind.Capped => random.PickWeighted([2, 6, 1, 1]) switch { 0 => AuctionFormat.SecondPrice, 1 => AuctionFormat.UniformPrice, 2 => AuctionFormat.English, _ => AuctionFormat.Dutch },
            _ => random.PickWeighted([5, 2, 1, 1, 1, 1]) switch
            {
                0 => AuctionFormat.RandomSampling,
                1 => AuctionFormat.UniformPrice,
                2 => AuctionFormat.FirstPrice,
                3 => AuctionFormat.SecondPrice,
                4 => AuctionFormat.English,
                _ => AuctionFormat.Dutch,
            },
        };
        var secret = string.Concat(Enumerable.Range(0, 4).Select(_ => random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture)));
        coin = format == AuctionFormat.RandomSampling ? secret : null;
        var reserve = Math.Clamp((long)(terms.UnitPriceFen * Settings.ReserveShare.Value), 1, AuctionRules.MostBidFen);
        var until = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(Kernel.Now.Date, Settings.BidDays.Whole), 17 * 3_600);
        var open = new AuctionRules(format, 1, reserve, 0, until);
        return format switch
        {
            AuctionFormat.English => open with { StepFen = Math.Max(1, reserve / 10), QuietSeconds = 600 },
            AuctionFormat.Dutch => open with
            {
                StartFen = (long)(terms.UnitPriceFen * Math.Max(Settings.MostValue.Value, Settings.ReserveShare.Value)) + 1,
                StepFen = Math.Max(1, (long)(terms.UnitPriceFen * Settings.MostValue.Value / StepsOfTheClock)),
                StepSeconds = ClockHours * 3_600 / StepsOfTheClock,
            },
            _ => open with
            {
                Copies = format switch { AuctionFormat.RandomSampling => null, AuctionFormat.UniformPrice => Math.Max(1, Math.Min(2, terms.Copies ?? 2)), _ => 1 },
                DepositFen = (long)(reserve * Settings.DepositShare.Value),
                RevealUntil = until.AddDays(Settings.RevealDays.Whole),
                CoinCommitment = coin is null ? null : AuctionRules.CommitmentOfCoin(coin),
            },
        };
    }

    // Whether the offer took the award shows in that there is a contract to agree.
    private async ValueTask ConcludeAsync(AuctionAnnounced announced, ShelfProduct product, AuctionBid bid, DealId deal, long fen)
    {
        var fate = bid.Random.Derive(deal.Value);
        var (plan, terms) = (product.Plan, product.Terms);
        var licence = terms.Licence is LicenceKind.Exclusive or LicenceKind.Capped ? terms.Licence : LicenceKind.OpenEnded;
        var granted = new LicenceGranted(
            plan.Product, deal, announced.Venue, bid.Bidder.Party, announced.Provider, TradeChannel.Auction, licence, 1, 0, fen, fen, 0, terms.ResaleAllowed, product.Contributors,
            Auction: announced.Auction) { At = Kernel.Now, By = venue.Party };
        var purpose = fate.Pick(market.Source.Words.Category(plan.Category).UsePurposes).Zh;
        var due = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(Kernel.Now.Date, 3), (int)SimulatedTime.SecondsPerDay - 1);
        await Kernel.Until(Kernel.Now.AddSeconds(60 + fate.NextInt32(3_600)));
        if (!(await course.AgreeAsync(granted, purpose, 365, due, granted.Buyer).ConfigureAwait(true)).Accepted)
        {
            bid.Bidder.Hold(announced.Auction, -fen);
            return;
        }

        if (licence == LicenceKind.Exclusive)
        {
            market.Shelf.SoldOut(plan.Product);
        }

        await Kernel.Until(Kernel.Now.AddSeconds(60 + fate.NextInt32(3_600)));
        await venue.RegisterAsync(deal).ConfigureAwait(true);
        await course.DeliverAndSettleAsync(bid.Bidder.Firm, plan, granted, purpose, due, plan.Form == ProductForm.Api, fate).ConfigureAwait(true);
    }
}
