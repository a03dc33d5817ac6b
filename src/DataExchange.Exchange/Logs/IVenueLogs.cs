using DataExchange.Domain;
using DataExchange.Domain.Trust;

namespace DataExchange.Exchange.Logs;

/// <summary>
/// What the exchange must be told of the venues' logs: their heads, which only those know who see facts as bytes, and their keys. The exchange
/// puts both into commands, as it does with other answers from elsewhere. The same run must always give the same answers.
/// </summary>
public interface IVenueLogs
{
    /// <summary>Name of a venue's log.</summary>
    /// <param name="venue">The venue.</param>
    string OriginOf(VenueId venue);

    /// <summary>A venue's key; null when it has none of that generation.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="generation">0 for the first, one more with each rotation.</param>
    LogKey? KeyOf(VenueId venue, int generation);

    /// <summary>Head of a venue's log over every fact handed to the sink so far.</summary>
    /// <param name="venue">The venue, whose log is open.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation);
}
