using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

/// <summary>
/// Folds every read model at once over the events in the order in which they happened. It keeps what is alive in memory; a deal to which
/// nothing can happen any more is handed out at once and forgotten, so that memory does not grow with the number of deals.
/// Not for several threads at once.
/// </summary>
/// <param name="finished">Takes each deal once: when it ends, or at <see cref="Complete"/>.</param>
public sealed class ReadModelFold(Action<DealEntry> finished)
{
    private readonly ShelfFold _shelf = new();
    private readonly TimelineFold _timelines = new();
    private readonly DealFold _deals = new(finished);
    private readonly VenueDayFold _days = new();
    private readonly PartyAccountFold _parties = new();
    private readonly BookFold _books = new();
    private readonly SandboxFold _sandbox = new();
    private readonly RequirementFold _requirements = new();
    private readonly AuctionFold _auctions = new();
    private readonly Dictionary<Type, Arms> _arms = [];

    /// <summary>Events taken so far.</summary>
    public long Events { get; private set; }

    /// <summary>Deals that are alive.</summary>
    public int LiveDeals => _deals.Deals.Documents.Count;

    /// <summary>Takes the next event.</summary>
    /// <param name="stream">Id of its stream, for messages.</param>
    /// <param name="version">Its position in the stream, for messages.</param>
    /// <param name="event">The event.</param>
    /// <exception cref="UnknownEventException">A read model neither handles nor ignores the type of event.</exception>
    /// <exception cref="ReadModelException">An event cannot be counted; the message names the stream.</exception>
    public void Apply(string stream, int version, Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var type = @event.GetType();
        if (!_arms.TryGetValue(type, out var arms))
        {
            arms = new(
                ShelfFold.Table.ArmFor(type),
                TimelineFold.Table.ArmFor(type),
                DealFold.Table.ArmFor(type),
                VenueDayFold.Table.ArmFor(type),
                PartyAccountFold.Table.ArmFor(type),
                BookFold.Table.ArmFor(type),
                SandboxFold.Table.ArmFor(type),
                RequirementFold.Table.ArmFor(type),
                AuctionFold.Table.ArmFor(type));
            _arms.Add(type, arms);
        }

        try
        {
            arms.Shelf?.Invoke(_shelf, @event);
            arms.Timelines?.Invoke(_timelines, @event);
            arms.Days?.Invoke(_days, @event);
            arms.Parties?.Invoke(_parties, @event);
            arms.Deals?.Invoke(_deals, @event);
            arms.Books?.Invoke(_books, @event);
            arms.Sandbox?.Invoke(_sandbox, @event);
            arms.Requirements?.Invoke(_requirements, @event);
            arms.Auctions?.Invoke(_auctions, @event);
        }
        catch (Exception cause) when (cause is OverflowException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ReadModelException(stream, version, @event, cause);
        }

        Events++;
    }

    /// <summary>Hands out the deals that are still alive, by id, and the other documents. The fold is used up then.</summary>
    public ReadModelSet Complete()
    {
        foreach (var deal in Documents(_deals.Deals))
        {
            finished(deal);
        }

        return new(Documents(_shelf.Entries), Documents(_timelines.Products), Documents(_days.Days), Documents(_parties.Parties))
        {
            Books = Documents(_books.Books),
            BookDays = Documents(_books.Days),
            Sandbox = Documents(_sandbox.Products),
            Requirements = Documents(_requirements.Requirements),
            Auctions = Documents(_auctions.Auctions),
        };
    }

    private static List<TDocument> Documents<TKey, TDocument>(DocumentSet<TKey, TDocument> set)
        where TKey : notnull
        where TDocument : class, IReadModel
    {
        var documents = new List<TDocument>(set.Documents.Count);
        foreach (var document in set.Documents.Values)
        {
            if (document is not null)
            {
                documents.Add(document);
            }
        }

        documents.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return documents;
    }

    private sealed record Arms(
        Action<ShelfFold, Event>? Shelf,
        Action<TimelineFold, Event>? Timelines,
        Action<DealFold, Event>? Deals,
        Action<VenueDayFold, Event>? Days,
        Action<PartyAccountFold, Event>? Parties,
        Action<BookFold, Event>? Books,
        Action<SandboxFold, Event>? Sandbox,
        Action<RequirementFold, Event>? Requirements,
        Action<AuctionFold, Event>? Auctions);
}

/// <summary>All read models but the deals, each sorted by id.</summary>
/// <param name="Shelf">The shelves.</param>
/// <param name="Timelines">The products' lives.</param>
/// <param name="VenueDays">The venues' days.</param>
/// <param name="Parties">The parties' accounts.</param>
public sealed record ReadModelSet(
    IReadOnlyList<ShelfEntry> Shelf,
    IReadOnlyList<ProductTimeline> Timelines,
    IReadOnlyList<VenueDay> VenueDays,
    IReadOnlyList<PartyAccountView> Parties)
{
    /// <summary>The order books.</summary>
    public IReadOnlyList<BookSummary> Books { get; init; } = [];

    /// <summary>The order books' days.</summary>
    public IReadOnlyList<BookDay> BookDays { get; init; } = [];

    /// <summary>The trials in the sandbox.</summary>
    public IReadOnlyList<SandboxProduct> Sandbox { get; init; } = [];

    /// <summary>The buyers' requirements.</summary>
    public IReadOnlyList<RequirementView> Requirements { get; init; } = [];

    /// <summary>The auctions.</summary>
    public IReadOnlyList<AuctionSale> Auctions { get; init; } = [];
}

/// <summary>An event cannot be counted: the stream was altered, or a figure left its range.</summary>
/// <param name="stream">The stream.</param>
/// <param name="version">The position in it.</param>
/// <param name="event">The event.</param>
/// <param name="cause">What went wrong.</param>
public sealed class ReadModelException(string stream, int version, Event @event, Exception cause)
    : Exception($"{@event?.GetType().Name}, event {version} of {stream}, cannot be counted: {cause?.Message}", cause);
