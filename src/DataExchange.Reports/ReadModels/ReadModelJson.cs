using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.EventStore.Serialization;

namespace DataExchange.Reports.ReadModels;

/// <summary>How the read models are stored: the events' own options, and source-generated code for the documents.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ShelfEntry))]
[JsonSerializable(typeof(ShelfCard))]
[JsonSerializable(typeof(ProductTimeline))]
[JsonSerializable(typeof(DealEntry))]
[JsonSerializable(typeof(VenueDay))]
[JsonSerializable(typeof(VenueOf))]
[JsonSerializable(typeof(PartyAccountView))]
[JsonSerializable(typeof(BookSummary))]
[JsonSerializable(typeof(BookDay))]
[JsonSerializable(typeof(SandboxProduct))]
[JsonSerializable(typeof(RequirementView))]
[JsonSerializable(typeof(AuctionSale))]
public sealed partial class ReadModelJson : JsonSerializerContext
{
    /// <summary>Options for a store that holds both events and read models. They are read-only.</summary>
    public static JsonSerializerOptions StoreOptions { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(EventJson.Options);
        options.TypeInfoResolverChain.Add(new ReadModelJson(new JsonSerializerOptions(JsonSerializerDefaults.Web)));
        options.MakeReadOnly();
        return options;
    }
}
