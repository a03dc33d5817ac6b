using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>What a venue does that pads its figures, with a made-up buyer and a provider who lends its name.</summary>
internal sealed partial class AgentMarket
{
    private const int DaysToDeliver = 30;

    /// <summary>Files a contract that nobody means: asked for, offered, final and registered within the hour.</summary>
    /// <param name="offer">The product.</param>
    /// <param name="amountFen">Its amount, fen, above 0.</param>
    /// <param name="saysDelivered">Whether delivery and acceptance are made up too, some days later.</param>
    internal async ValueTask FileMadeUpContractAsync(ShelfOffer offer, long amountFen, bool saysDelivered)
    {
        var kernel = _market.Kernel;
        var venue = _group.Venues.First(one => one.Venue == offer.Venue);
        var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"{Party.Value}-F{++_deals:0000}"));
        ValueTask<Outcome> Submit(Command command) => kernel.SubmitAsync(command);
        await Submit(new RequestContract(deal, offer.Product, venue.Venue, Party, offer.Provider, TradeChannel.FiledContract, amountFen) { At = Now, By = Party }).ConfigureAwait(true);
        await Submit(new OfferContract(deal, amountFen, Now.AddDays(DaysToDeliver)) { At = Now, By = offer.Provider }).ConfigureAwait(true);
        if (!(await Submit(new AcceptContract(deal) { At = Now, By = Party }).ConfigureAwait(true)).Accepted)
        {
            return;
        }

        var outcome = await Submit(new PlaceOrder(offer.Product, deal, venue.Venue, Party, null, TradeChannel.FiledContract, 1, amountFen) { At = Now, By = Party }).ConfigureAwait(true);
        if (outcome.Rejection is { } rejection)
        {
            await Submit(new TerminateNegotiation(deal, rejection) { At = Now, By = venue.Party }).ConfigureAwait(true);
            return;
        }

        var granted = (LicenceGranted)outcome.Events[0];
        var purpose = Random.Pick(_market.Source.Words.Category(offer.Category).ContractPurposes).Zh;
        await _group.Course.AgreeAsync(granted, purpose, 365, SimulatedTime.On(WorkingDay(Now.Date, DaysToDeliver)), offer.Provider).ConfigureAwait(true);
        await kernel.Until(Now.AddSeconds(600 + Random.NextInt32(1_200)));
        await Submit(new VerifyContract(deal) { At = Now, By = Party }).ConfigureAwait(true);
        await Submit(new FinalizeContract(deal) { At = Now, By = offer.Provider }).ConfigureAwait(true);
        if (await venue.RegisterAsync(deal).ConfigureAwait(true))
        {
            _market.Truth.Note(new ManipulationTruth(_group.Settings.Strategy, _group.Settings.Id, deal, [Party]));
        }

        if (saysDelivered)
        {
            var days = 1 + Random.NextInt32(DaysToDeliver - 2);
            kernel.Start(_market.OfficeAt(Random, Now.Date, days), async () =>
            {
                await Submit(new CompleteTransfer(deal, Now.AddDays(7)) { At = Now, By = offer.Provider }).ConfigureAwait(true);
                await Submit(new AcceptDelivery(deal) { At = Now, By = Party }).ConfigureAwait(true);
            });
        }
    }
}
