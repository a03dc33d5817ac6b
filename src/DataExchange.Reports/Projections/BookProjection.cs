using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The order books and their days, kept by the event store's daemon.</summary>
internal sealed class BookProjection : ReadModelProjection<BookFold>
{
    private protected override BookFold Create() => new();
}
