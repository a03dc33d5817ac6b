using CsCheck;
using DataExchange.Mechanisms.Negotiating;
using static DataExchange.Mechanisms.Negotiating.NegotiationRefusal;
using static DataExchange.Mechanisms.Negotiating.NegotiationSide;

namespace DataExchange.Mechanisms.Tests;

public sealed class NegotiationTests
{
    private static readonly Negotiation Requested = Negotiation.Request("buyer", "provider", at: 0, expiresAt: 100);
    private static readonly Negotiation Offered = Must(Requested.Offer(Provider, 500, 10, 50));
    private static readonly Negotiation Countered = Must(Offered.Offer(Buyer, 400, 20, 60));
    private static readonly Negotiation Agreed = Must(Countered.Accept(Provider, 2, 30));
    private static readonly Negotiation Declined = Must(Countered.Decline(30));

    [Fact]
    public void Request_offer_counter_offer_and_acceptance_form_the_contract()
    {
        Assert.Equal((NegotiationStage.Agreed, 400L), (Agreed.Stage, Agreed.AgreedFen!.Value));
        Assert.Equal(new NegotiationOffer(2, Buyer, 400, 20, 60), Agreed.Last);
        Assert.Null(Countered.AgreedFen);
        Assert.Null(Declined.AgreedFen);
    }

    // stage × step, at 30: what stands then has not run out.
    [Theory]
    [InlineData("requested", "offer provider", null)]
    [InlineData("requested", "offer buyer", NotYourTurn)]
    [InlineData("requested", "accept provider", NoOffer)]
    [InlineData("requested", "accept buyer", NoOffer)]
    [InlineData("requested", "decline", null)]
    [InlineData("offered", "offer provider", null)]
    [InlineData("offered", "offer buyer", null)]
    [InlineData("offered", "accept provider", NotYourTurn)]
    [InlineData("offered", "accept buyer", null)]
    [InlineData("offered", "decline", null)]
    [InlineData("countered", "offer provider", null)]
    [InlineData("countered", "offer buyer", null)]
    [InlineData("countered", "accept provider", null)]
    [InlineData("countered", "accept buyer", NotYourTurn)]
    [InlineData("countered", "decline", null)]
    [InlineData("agreed", "offer provider", Ended)]
    [InlineData("agreed", "offer buyer", Ended)]
    [InlineData("agreed", "accept provider", null)]
    [InlineData("agreed", "accept buyer", Ended)]
    [InlineData("agreed", "decline", Ended)]
    [InlineData("declined", "offer provider", Ended)]
    [InlineData("declined", "offer buyer", Ended)]
    [InlineData("declined", "accept provider", Ended)]
    [InlineData("declined", "accept buyer", Ended)]
    [InlineData("declined", "decline", null)]
    public void Every_step_in_every_stage(string stage, string step, NegotiationRefusal? expected)
    {
        var before = stage switch { "requested" => Requested, "offered" => Offered, "countered" => Countered, "agreed" => Agreed, _ => Declined };
        var number = before.Last?.Number ?? 1;
        var (after, refusal) = step switch
        {
            "offer provider" => before.Offer(Provider, 450, 30, 70),
            "offer buyer" => before.Offer(Buyer, 450, 30, 70),
            "accept provider" => before.Accept(Provider, number, 30),
            "accept buyer" => before.Accept(Buyer, number, 30),
            _ => before.Decline(30),
        };
        Assert.Equal(expected, refusal);
        if (expected is not null)
        {
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void What_runs_out_cannot_be_accepted()
    {
        Assert.Null(Offered.Accept(Buyer, 1, 50).Refusal);
        var (after, refusal) = Offered.Accept(Buyer, 1, 51);
        Assert.Equal((NegotiationStage.Requested, OfferExpired), (after.Stage, refusal!.Value));
        // Either may speak again, up to the end of the request; after it nobody.
        Assert.Equal(NegotiationStage.Countered, Must(after.Offer(Buyer, 300, 52, 80)).Stage);
        Assert.Equal((NegotiationStage.Expired, Ended), (Offered.Accept(Buyer, 1, 101).Negotiation.Stage, Offered.Accept(Buyer, 1, 101).Refusal!.Value));
        Assert.Equal(Ended, Requested.Offer(Provider, 1, 101, 200).Refusal);
        Assert.Equal(100, Must(Requested.Offer(Provider, 1, 1, 1_000)).Last!.ExpiresAt);
        Assert.Equal(Agreed, Agreed.AsOf(1_000));
    }

    [Fact]
    public void An_acceptance_names_the_offer_that_it_accepts()
    {
        var bettered = Must(Offered.Offer(Provider, 480, 20, 50));
        Assert.Equal(OfferDiffers, bettered.Accept(Buyer, 1, 30).Refusal);
        Assert.Equal(480, Must(bettered.Accept(Buyer, 2, 30)).AgreedFen);
    }

    [Fact]
    public void A_message_that_comes_twice_changes_nothing()
    {
        Assert.Equal(new(Offered, null), Offered.Offer(Provider, 500, 12, 50));
        Assert.Equal(new(Agreed, null), Agreed.Accept(Provider, 2, 31));
        Assert.Equal(new(Declined, null), Declined.Decline(31));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Equal(PriceNotAllowed, Requested.Offer(Provider, 0, 1, 5).Refusal);
        Assert.Equal(PriceNotAllowed, Requested.Offer(Provider, Bid.MostFen + 1, 1, 5).Refusal);
        Assert.Equal(ExpiryNotAllowed, Requested.Offer(Provider, 5, 9, 8).Refusal);
        Assert.Equal(OutOfOrder, Offered.Offer(Buyer, 5, 9, 80).Refusal);
        Assert.Equal(OutOfOrder, Offered.Accept(Buyer, 1, 9).Refusal);
        Assert.Equal(OutOfOrder, Offered.Decline(9).Refusal);
        Assert.Throws<ArgumentException>(() => Negotiation.Request("a", "a", 0, 1));
        Assert.Throws<ArgumentException>(() => Negotiation.Request("", "a", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Negotiation.Request("a", "b", 2, 1));
        var many = Requested;
        for (var i = 1; i <= Negotiation.MostOffers; i++)
        {
            many = Must(many.Offer(i % 2 == 1 ? Provider : Buyer, 100 + i, 1, 50));
        }

        Assert.Equal(TooManyOffers, many.Offer(Provider, 5, 1, 50).Refusal);
        Assert.Equal(164, Must(many.Accept(Provider, 64, 1)).AgreedFen);
    }

    [Fact]
    public void The_best_quote_is_the_lowest_that_stands()
    {
        Negotiation Quote(string provider, long price, long at, long until) => Must(Negotiation.Request("b", provider, 0, 100).Offer(Provider, price, at, until));
        Negotiation[] all = [Quote("p1", 300, 1, 20), Quote("p4", 400, 3, 90), Quote("p3", 400, 2, 90), Quote("p2", 400, 2, 90), Requested, Declined];
        Assert.Equal("p1", Quotes.Best(all, 20)!.Provider);
        Assert.Equal("p2", Quotes.Best(all, 21)!.Provider);
        Assert.Null(Quotes.Best(all, 91));
    }

    /// <summary>Whatever comes in whatever order: an agreement is on an offer that stood, made by one side and accepted by the other, and it stays.</summary>
    [Fact]
    public void No_order_of_messages_forms_a_contract_on_what_did_not_stand() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 15], Gen.Int[1, 6]).Array[1, 40].Sample(steps =>
    {
        var (now, at) = (Negotiation.Request("buyer", "provider", 0, 120), 0L);
        foreach (var (kind, wait, number) in steps)
        {
            at += wait;
            var before = now;
            (now, var refusal) = kind switch
            {
                0 => now.Offer(Provider, 100 + number, at, at + 20),
                1 => now.Offer(Buyer, 100 - number, at, at + 20),
                2 => now.Accept(Buyer, number, at),
                3 => now.Accept(Provider, number, at),
                _ => number == 6 ? now.Decline(at) : now.Accept(Buyer, now.Last?.Number ?? 1, at),
            };
            if (now.Stage == NegotiationStage.Agreed && before.Stage != NegotiationStage.Agreed)
            {
                Assert.Null(refusal);
                Assert.Equal(before.Last, now.Last);
                Assert.InRange(at, before.Last!.MadeAt, before.Last.ExpiresAt);
                Assert.Equal(before.Last.By == Buyer ? 3 : 2, kind == 4 ? 2 : kind);
            }

            if (before.HasEnded)
            {
                Assert.Equal(before, now);
            }
        }
    });

    private static Negotiation Must(NegotiationStep step)
    {
        Assert.Null(step.Refusal);
        return step.Negotiation;
    }
}
