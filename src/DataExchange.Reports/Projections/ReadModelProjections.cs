using DataExchange.Reports.ReadModels;
using JasperFx.Events.Projections;
using Marten;

namespace DataExchange.Reports.Projections;

/// <summary>The read models in the event store: their documents, and the projections that rebuild them.</summary>
public static class ReadModelProjections
{
    /// <summary>Names under which the projections are registered, and by which the daemon rebuilds them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["shelf", "timeline", "deal", "venue-day", "party", "book", "sandbox", "requirement", "auction"];

    /// <summary>
    /// Registers documents and projections with a store. The projections are asynchronous: a run that folds in bulk stores the documents
    /// itself; the daemon rebuilds or follows them.
    /// </summary>
    /// <param name="options">The store's options.</param>
    public static void Register(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Add(options, new ShelfProjection(), Names[0], typeof(ShelfEntry), typeof(ShelfCard));
        Add(options, new TimelineProjection(), Names[1], typeof(ProductTimeline));
        Add(options, new DealProjection(), Names[2], typeof(DealEntry));
        Add(options, new VenueDayProjection(), Names[3], typeof(VenueDay), typeof(VenueOf));
        Add(options, new PartyAccountProjection(), Names[4], typeof(PartyAccountView));
        Add(options, new SandboxProjection(), Names[6], typeof(SandboxProduct));
        Add(options, new RequirementProjection(), Names[7], typeof(RequirementView));
        Add(options, new AuctionProjection(), Names[8], typeof(AuctionSale));
        Add(options, new BookProjection(), Names[5], typeof(BookSummary), typeof(BookDay));
    }

    /// <summary>Registers what the projections keep for themselves beside the read models, for a store whose tables are made for the daemon to work on.</summary>
    /// <param name="options">The store's options.</param>
    public static void RegisterDocuments(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RegisterDocumentTypes([typeof(ShelfCard), typeof(VenueOf)]);
    }

    private static void Add(StoreOptions options, Marten.Events.Projections.IProjection projection, string name, params Type[] documents)
    {
        options.RegisterDocumentTypes(documents);
        options.Projections.Add(projection, ProjectionLifecycle.Async, name, async =>
        {
            foreach (var document in documents)
            {
                async.DeleteViewTypeOnTeardown(document);
            }
        });
    }
}
