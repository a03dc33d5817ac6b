using DataExchange.Domain;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>The order books that were opened so far, for whoever wants to look into all of them.</summary>
public sealed class OpenBooks
{
    private readonly List<BookDesk> _all = [];

    /// <summary>All of them, in the order of opening.</summary>
    public IReadOnlyList<BookDesk> All => _all;

    /// <summary>Called with the facts of one answer of a book's exchange, after the book's picture has them.</summary>
    public event Action<BookDesk, IReadOnlyList<Event>>? Noted;

    /// <summary>Notes a book.</summary>
    public void Add(BookDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        _all.Add(desk);
        desk.Noted += events => Noted?.Invoke(desk, events);
    }
}
