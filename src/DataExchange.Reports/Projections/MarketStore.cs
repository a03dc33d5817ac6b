using System.Text;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.ReadModels;
using Marten;
using Npgsql;

namespace DataExchange.Reports.Projections;

/// <summary>The market's store: every event type, every read model, every projection.</summary>
public static class MarketStore
{
    /// <summary>Builds the store over a database; the caller disposes both.</summary>
    /// <param name="database">The database.</param>
    /// <param name="withProjections">
    /// Whether Marten's daemon is to keep the read models; false where a bulk fold stores them, or they are only read.
    /// </param>
    /// <param name="customize">Further settings, such as subscriptions; null for none.</param>
    public static DocumentStore Over(NpgsqlDataSource database, bool withProjections = false, Action<StoreOptions>? customize = null) => StoreFactory.Create(database, new StoreConfiguration
    {
        EventTypes = [.. EventRegistry.All.Select(type => (type.Type, type.Name))],
        FormerEventTypes =
        [
            .. EventRegistry.Former.Select(former => (former.Current.Type, former.Name, (Func<string, object>)(json => EventJson.Read(former.Name, Encoding.UTF8.GetBytes(json))))),
        ],
        DocumentTypes =
        [
            typeof(ShelfEntry), typeof(ProductTimeline), typeof(DealEntry), typeof(VenueDay), typeof(PartyAccountView), typeof(BookSummary),
            typeof(BookDay), typeof(SandboxProduct), typeof(RequirementView), typeof(AuctionSale),
        ],
        Json = ReadModelJson.StoreOptions,
        Customize = options =>
        {
            if (withProjections)
            {
                ReadModelProjections.Register(options);
            }

            customize?.Invoke(options);
        },
    });
}
