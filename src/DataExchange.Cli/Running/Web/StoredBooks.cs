using System.Text.Json;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;
using DataExchange.Web.Market;
using Npgsql;

namespace DataExchange.Cli.Running.Web;

/// <summary>The market's books for whoever asks more than once: made when they are first asked for, and gone on with when there is more.</summary>
/// <param name="database">The store's database.</param>
internal sealed class StoredBooks(NpgsqlDataSource database) : IDisposable
{
    private static readonly HashSet<string> PostedTypes =
        [.. EventRegistry.All.Where(type => MarketLedger.Types.Contains(type.Type)).SelectMany(EventRegistry.NamesOf)];

    private readonly SemaphoreSlim _reading = new(1);
    private MarketLedger _ledger = new();
    private long _last;

    /// <summary>What a deal posted, in order.</summary>
    public Task<IReadOnlyList<JournalEntry>> EntriesOfAsync(string deal, CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<JournalEntry>>(ledger => [.. new Journal(ledger).Entries().Where(entry => entry.Deal == deal)], cancellation);

    /// <summary>The trial balance, with accounts of parties and venues summed.</summary>
    public Task<TrialBalanceFacts> TrialBalanceAsync(CancellationToken cancellation) => AskAsync(ledger =>
        new TrialBalanceFacts(
            [
                .. Enumerable.Range(1, ledger.Chart.Count).Select(number => ledger.Book.FindAccount(number)!).Where(account => account.Commodity == Commodity.CnyFen)
                    .GroupBy(account => GroupOf(account.Name)).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => Row(group.Key, [.. group.Select(account => ledger.Book.Balance(account.Number))])),
            ],
            LedgerTotals.Of(ledger)),
        cancellation);

    /// <summary>A page of the journal; one beyond the last is the last.</summary>
    public Task<JournalFacts> JournalAsync(string account, int page, CancellationToken cancellation) => AskAsync(ledger =>
    {
        var journal = new Journal(ledger);
        IEnumerable<JournalEntry> entries = journal.Entries();
        if (account.Length > 0)
        {
            entries = entries.Where(entry => entry.Lines.Any(line => line.Account == account));
        }

        // What is held is an account of the journal's own, which the chart does not know.
        var count = entries.LongCount();
        var pages = (int)Math.Max(1, (count + JournalFacts.PageEntries - 1) / JournalFacts.PageEntries);
        var shown = Math.Clamp(page, 1, pages);
        return new JournalFacts(
            account, account.Length == 0 || count > 0 || ledger.Chart.TryFind(account, out _), shown, pages, count,
            [.. entries.Skip((shown - 1) * JournalFacts.PageEntries).Take(JournalFacts.PageEntries)]);
    }, cancellation);

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private async Task<T> AskAsync<T>(Func<MarketLedger, T> ask, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await GoOnAsync(cancellation).ConfigureAwait(false);
            return ask(_ledger);
        }
        finally
        {
            _reading.Release();
        }
    }

    // Reading that breaks off is begun again from the start, as the books would lack what came between.
    private async Task GoOnAsync(CancellationToken cancellation)
    {
        var mark = await LogIndex.MarkAsync(database, cancellation).ConfigureAwait(false);
        if (mark <= _last)
        {
            return;
        }

        try
        {
            await foreach (var raw in new RawEventReader(database).ReadTypesAsync(PostedTypes, _last + 1, mark, cancellation).ConfigureAwait(false))
            {
                if (_ledger.Take(raw.Sequence, raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span)) is { } defect)
                {
                    throw new MarketUnreadableException($"The stored events do not fit the ledger: {defect}. './dx verify' names everything that is off.");
                }
            }

            _last = mark;
        }
        catch (JsonException failure)
        {
            Forget();
            throw new MarketUnreadableException($"A stored event cannot be read: {failure.Message} './dx verify' names it.", failure);
        }
        catch
        {
            Forget();
            throw;
        }

        void Forget() => (_ledger, _last) = (new MarketLedger(), 0);
    }

    private static BalanceRow Row(string group, Balances[] balances) =>
        new(group, balances.Length, balances.Sum(balance => balance.NetDebit), balances.Sum(balance => balance.DebitsPending + balance.CreditsPending));

    private static string GroupOf(string name) => name.Split(':') is { Length: > 2 } parts ? $"{parts[0]}:{parts[1]}:…" : name;
}
