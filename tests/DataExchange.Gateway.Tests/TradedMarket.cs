using DataExchange.Client;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

/// <summary>A venue with its provider, assessor and buyers, and two products that went all the way over HTTP to its shelf: a licence, and packs of calls with an order book.</summary>
internal sealed class TradedMarket
{
    private readonly GatewayClient _assessor;

    private TradedMarket(RunningGateway gateway, GatewayClient venue, GatewayClient provider, GatewayClient buyer, GatewayClient rival, GatewayClient assessor)
    {
        (Venue, Provider, Buyer, Rival, _assessor) = (venue, provider, buyer, rival, assessor);
        (Licence, Packs) = (gateway.Name("P"), gateway.Name("P"));
    }

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal GatewayClient Venue { get; }

    internal GatewayClient Provider { get; }

    internal GatewayClient Buyer { get; }

    /// <summary>Another buyer.</summary>
    internal GatewayClient Rival { get; }

    internal string VenueName { get; private init; } = "";

    internal string ProviderName { get; private init; } = "";

    internal string BuyerName { get; private init; } = "";

    internal string RivalName { get; private init; } = "";

    internal string Licence { get; }

    internal string Packs { get; }

    internal static async Task<TradedMarket> OpenAsync(RunningGateway gateway)
    {
        var (venue, provider, buyer, rival, assessor) = (gateway.Name("exchange"), gateway.Name("provider"), gateway.Name("buyer"), gateway.Name("buyer"), gateway.Name("assessor"));
        var market = new TradedMarket(
            gateway, await gateway.ClientAsync($"venue-{venue}", Role.Venue), await gateway.ClientAsync(provider, Role.Provider), await gateway.ClientAsync(buyer, Role.Buyer),
            await gateway.ClientAsync(rival, Role.Buyer), await gateway.ClientAsync(assessor, Role.Assessor))
        {
            VenueName = venue, ProviderName = provider, BuyerName = buyer, RivalName = rival,
        };
        await RegisterAsync(market.Venue, $"venue-{venue}", PartyRole.Venue);
        await RegisterAsync(market.Provider, provider, PartyRole.Provider);
        await RegisterAsync(market.Buyer, buyer, PartyRole.Buyer);
        await RegisterAsync(market.Rival, rival, PartyRole.Buyer);
        await RegisterAsync(market._assessor, assessor, PartyRole.Assessor);
        await market.Venue.GiveAsync(new OpenLog { Venue = venue }, cancellation: Cancellation);
        foreach (var (client, name) in ((GatewayClient, string)[])[(market.Buyer, buyer), (market.Rival, rival)])
        {
            await market.Venue.GiveAsync(new AdmitBuyer { Buyer = name, AdmittedFor = SecurityClass.General }, cancellation: Cancellation);
            await client.GiveAsync(new DepositFunds { Party = name, AmountFen = 10_000_000 }, cancellation: Cancellation);
        }

        await market.ApplyAsync(market.Licence);
        await market.ApplyAsync(market.Packs);
        await market.OfferAsync(market.Licence, new LicenceTerms { Licence = LicenceKind.OpenEnded, Unit = PriceUnit.PerLicence, UnitPriceFen = 500_000, UnitsPerPack = 1, ResaleAllowed = false });
        await market.OfferAsync(market.Packs, new LicenceTerms { Licence = LicenceKind.CallPack, Unit = PriceUnit.PerCall, UnitPriceFen = 10, UnitsPerPack = 100, ResaleAllowed = true });
        await OnceReadyAsync(market.Venue, new AllotPacks
        {
            Product = market.Packs,
            Venue = market.VenueName,
            Packs = 100,
            Rules = new() { TickFen = 10, HighestPriceFen = 90_000, LargestQuantity = 100, BandBasisPoints = 0, HaltSeconds = 600, FeeBasisPoints = 50, VatBasisPoints = 600 },
        });
        await UntilAsync(() => market.Venue.ReadStreamAsync("book", market.Packs, cancellation: Cancellation).AnyAsync(Cancellation).AsTask().ContinueWith(read => read.IsCompletedSuccessfully, TaskScheduler.Default), isThere => isThere);
        return market;
    }

    /// <summary>Gives a command until what it needs of other services has got to where it is decided.</summary>
    internal static async Task<Tagged<CommandAnswer>> OnceReadyAsync(GatewayClient client, ICommand command)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await client.GiveAsync(command, cancellation: Cancellation);
            }
            catch (CommandRefusedException) when (tries < 100)
            {
                await Task.Delay(100, Cancellation);
            }
        }
    }

    /// <summary>Reads until something is there, or for ten seconds.</summary>
    internal static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isThere)
    {
        for (var tries = 0; ; tries++)
        {
            var now = await read();
            if (isThere(now) || tries > 100)
            {
                return now;
            }

            await Task.Delay(100, Cancellation);
        }
    }

    /// <summary>All facts of the store, in order.</summary>
    internal static async Task<List<RecordedEvent>> FactsAsync(RunningGateway gateway)
    {
        var facts = new List<RecordedEvent>();
        await foreach (var raw in new RawEventReader(gateway.Database).ReadBySequenceAsync(cancellation: Cancellation))
        {
            facts.Add(new RecordedEvent(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span)));
        }

        return facts;
    }

    private static async Task RegisterAsync(GatewayClient client, string party, PartyRole role) =>
        await client.GiveAsync(new RegisterParty { Party = party, Name = $"甲 {party}", NameEn = party, Role = role }, cancellation: Cancellation);

    private async Task ApplyAsync(string product)
    {
        await Provider.GiveAsync(Client.ClientTests.Registration(product, ProviderName, VenueName), cancellation: Cancellation);
        await Provider.GiveAsync(new SubmitEvidence { Product = product, Evidence = [EvidenceKinds.LawfulSource] }, cancellation: Cancellation);
        await Venue.GiveAsync(new AcceptApplication { Product = product }, cancellation: Cancellation);
        await _assessor.GiveAsync(
            new AssessCompliance { Product = product, SourceIsUnlawful = false, OwnershipIsDisputed = false, HarmsPublicInterest = false }, cancellation: Cancellation);
        await _assessor.GiveAsync(new EvaluateQuality { Product = product, Completeness = 96, Accuracy = 90, Timeliness = 90, Consistency = 90 }, cancellation: Cancellation);
        await Venue.GiveAsync(new PublishRights { Product = product, ObjectionsUntil = DateTimeOffset.UtcNow.AddSeconds(2) }, cancellation: Cancellation);
    }

    private async Task OfferAsync(string product, LicenceTerms terms)
    {
        // The time for objections is over in a moment.
        await OnceReadyAsync(Venue, new CertifyRights
        {
            Product = product,
            Rights = [DataRights.ResourceHolding, DataRights.ProcessingAndUse, DataRights.ProductOperation],
            ValidUntil = DateTimeOffset.UtcNow.AddYears(2),
            IsPublicData = false,
        });
        await OnceReadyAsync(_assessor, new ValueProduct
        {
            Product = product,
            Unit = terms.Unit,
            Estimates =
            [
                new() { Approach = ValuationApproach.Cost, UnitValueFen = terms.UnitPriceFen, WeightBasisPoints = 5_000 },
                new() { Approach = ValuationApproach.Market, UnitValueFen = terms.UnitPriceFen, WeightBasisPoints = 5_000 },
            ],
            ToleranceBasisPoints = 3_000,
        });
        await Provider.GiveAsync(new SetPrice { Product = product, Terms = terms }, cancellation: Cancellation);
        await OnceReadyAsync(Provider, new ListProduct { Product = product, Venue = VenueName, Contributors = [] });
    }
}
