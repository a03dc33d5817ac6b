using System.Buffers;
using System.Text.Json;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Reading;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Files.Tables;

/// <summary>An event cannot be exported, since it is not of its type.</summary>
/// <param name="stream">Its stream.</param>
/// <param name="version">Its place there.</param>
/// <param name="cause">What is wrong.</param>
public sealed class UnreadableEventException(string stream, long version, Exception cause)
    : Exception($"event {version} of {stream} cannot be read", cause)
{
    /// <summary>The stream.</summary>
    public string Stream { get; } = stream;

    /// <summary>The place in it.</summary>
    public long Version { get; } = version;
}

/// <summary>Writes the tables in one pass over the events: what is a row at once is written at once, the rest is folded on the way, as the report is.</summary>
public static class TableExport
{
    /// <summary>Writes all tables, the dictionary and the description of the data set. They get their names when all are whole.</summary>
    /// <param name="events">The events in the order of commits.</param>
    /// <param name="format">The form.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="about">What the description says.</param>
    /// <param name="onEvent">Told the sequence of each event; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The files.</returns>
    /// <exception cref="UnreadableEventException">An event is not of its type.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task<IReadOnlyList<WrittenFile>> WriteAsync(
        IAsyncEnumerable<RawEvent> events, TableFormat format, TableFolder folder, DataSet about, Action<long>? onEvent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(about);
        var written = new List<WrittenFile>();
        var endedDeals = new List<DealEntry>();
        var endedOrders = new List<OrderRow>();
        var models = new ReadModelFold(endedDeals.Add);
        var orders = new OrderFold(endedOrders.Add);
        var buffer = new ArrayBufferWriter<byte>(1_024);

        await using var eventFile = await OpenAsync(MarketTables.Events).ConfigureAwait(false);
        await using var priceFile = await OpenAsync(MarketTables.Prices).ConfigureAwait(false);
        await using var tradeFile = await OpenAsync(MarketTables.Trades).ConfigureAwait(false);
        await using var orderFile = await OpenAsync(MarketTables.Orders).ConfigureAwait(false);
        await using var dealFile = await OpenAsync(MarketTables.Deals).ConfigureAwait(false);
        await foreach (var raw in events.WithCancellation(cancellation).ConfigureAwait(false))
        {
            EventRow row;
            try
            {
                row = EventRow.Of(raw, buffer);
            }
            catch (JsonException cause)
            {
                throw new UnreadableEventException(raw.StreamId, raw.Version, cause);
            }

            await eventFile.WriteAsync(row, cancellation).ConfigureAwait(false);
            switch (row.Fact)
            {
                case PriceSet price:
                    await priceFile.WriteAsync(price, cancellation).ConfigureAwait(false);
                    break;
                case PacksTraded trade:
                    await tradeFile.WriteAsync(trade, cancellation).ConfigureAwait(false);
                    break;
                default:
                    break;
            }

            models.Apply(row.Stream, (int)row.Version, row.Fact);
            orders.Apply(row.Fact);
            await PassOnAsync(endedDeals, dealFile).ConfigureAwait(false);
            await PassOnAsync(endedOrders, orderFile).ConfigureAwait(false);
            onEvent?.Invoke(row.Sequence);
        }

        var set = models.Complete();
        orders.Complete();
        await PassOnAsync(endedDeals, dealFile).ConfigureAwait(false);
        await PassOnAsync(endedOrders, orderFile).ConfigureAwait(false);
        await WriteAllAsync(MarketTables.Parties, set.Parties).ConfigureAwait(false);
        await WriteAllAsync(MarketTables.Products, set.Timelines).ConfigureAwait(false);
        await WriteAllAsync(MarketTables.Listings, set.Shelf).ConfigureAwait(false);
        await EndAsync(MarketTables.Prices, priceFile).ConfigureAwait(false);
        await EndAsync(MarketTables.Orders, orderFile).ConfigureAwait(false);
        await EndAsync(MarketTables.Trades, tradeFile).ConfigureAwait(false);
        await EndAsync(MarketTables.Deals, dealFile).ConfigureAwait(false);
        await WriteAllAsync(MarketTables.Balances, set.Parties).ConfigureAwait(false);
        await EndAsync(MarketTables.Events, eventFile).ConfigureAwait(false);
        await WriteTextAsync("dictionary.json", stream => DataDictionary.Write(about, format, stream)).ConfigureAwait(false);
        if (format == TableFormat.Parquet)
        {
            await WriteTextAsync(DuckDbScript.Name, stream => DuckDbScript.Write(about, stream)).ConfigureAwait(false);
        }

        var tables = written.ToArray();
        await WriteTextAsync("croissant.json", stream => Croissant.Write(about, format, tables, stream)).ConfigureAwait(false);
        folder.Keep();
        return written;

        string FileOf(Table table) => table.Name + (format == TableFormat.Parquet ? ".parquet" : ".csv");

        async Task<ITableFile<TRow>> OpenAsync<TRow>(Table<TRow> table)
        {
            var file = folder.Begin(FileOf(table));
            return format == TableFormat.Parquet
                ? await ParquetTableFile<TRow>.CreateAsync(table, file, cancellation).ConfigureAwait(false)
                : new CsvTableFile<TRow>(table, file);
        }

        async Task EndAsync<TRow>(Table<TRow> table, ITableFile<TRow> file)
        {
            await file.CompleteAsync(cancellation).ConfigureAwait(false);
            await file.DisposeAsync().ConfigureAwait(false);
            written.Add(await folder.DescribeAsync(FileOf(table), file.Rows, cancellation).ConfigureAwait(false));
        }

        async Task WriteAllAsync<TRow>(Table<TRow> table, IEnumerable<TRow> rows)
        {
            await using var file = await OpenAsync(table).ConfigureAwait(false);
            foreach (var row in rows)
            {
                await file.WriteAsync(row, cancellation).ConfigureAwait(false);
            }

            await EndAsync(table, file).ConfigureAwait(false);
        }

        async Task PassOnAsync<TRow>(List<TRow> rows, ITableFile<TRow> file)
        {
            foreach (var row in rows)
            {
                await file.WriteAsync(row, cancellation).ConfigureAwait(false);
            }

            rows.Clear();
        }

        async Task WriteTextAsync(string name, Action<Stream> write)
        {
            await using (var file = folder.Begin(name))
            {
                write(file);
            }

            written.Add(await folder.DescribeAsync(name, 0, cancellation).ConfigureAwait(false));
        }
    }
}
