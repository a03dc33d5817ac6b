using System.Text.Json;
using DataExchange.Domain.Settlement;
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
    private readonly List<int> _starts = [];
    private MarketLedger _ledger = new();
    private TrialBalanceFacts? _balance;
    private long _last;

    /// <summary>What a deal posted, in order.</summary>
    public Task<IReadOnlyList<JournalEntry>> EntriesOfAsync(string deal, CancellationToken cancellation) => AskAsync<IReadOnlyList<JournalEntry>>(
        ledger => [.. new Journal(ledger).EntriesWith((in transfer) => ledger.DealOf(transfer.Reference.Deal) == deal)], cancellation);

    /// <summary>The trial balance, with accounts of parties and venues summed.</summary>
    public Task<TrialBalanceFacts> TrialBalanceAsync(CancellationToken cancellation) => AskAsync(ledger => _balance ??= BalanceOf(ledger), cancellation);

    /// <summary>A page of the journal; one beyond the last is the last.</summary>
    public Task<JournalFacts> JournalAsync(string account, int page, CancellationToken cancellation) =>
        AskAsync(ledger => account.Length == 0 ? PageOf(ledger, page) : PageOf(ledger, account, page), cancellation);

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

            (_last, _balance) = (mark, null);
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

        void Forget()
        {
            (_ledger, _last, _balance) = (new MarketLedger(), 0, null);
            _starts.Clear();
        }
    }

    private JournalFacts PageOf(MarketLedger ledger, int page)
    {
        var journal = new Journal(ledger);
        // Where to go on: behind the last entry that is known.
        _starts.AddRange(journal.Starts(_starts.Count == 0 ? 0 : _starts[^1]).Skip(_starts.Count == 0 ? 0 : 1).ToArray());
        var (shown, pages) = PagesOf(_starts.Count, page);
        var first = (shown - 1) * JournalFacts.PageEntries;
        return new JournalFacts(
            "", true, shown, pages, _starts.Count, first < _starts.Count ? [.. journal.EntriesFrom(_starts[first]).Take(JournalFacts.PageEntries)] : []);
    }

    // What is held is an account of the journal's own, which the ledger keeps with what is available.
    private static JournalFacts PageOf(MarketLedger ledger, string account, int page)
    {
        const string Held = "liabilities:held:";
        var kept = account.StartsWith(Held, StringComparison.Ordinal) ? LedgerAccount.Available(new(account[Held.Length..])) : account;
        if (!ledger.Chart.TryFind(kept, out var number))
        {
            return new JournalFacts(account, false, 1, 1, 0, []);
        }

        // The end of a hold names no account, only the hold.
        var entries = new Journal(ledger).EntriesWith((in transfer) => transfer.DebitAccount == number || transfer.CreditAccount == number || transfer.PendingId != UInt128.Zero)
            .Where(entry => entry.Lines.Any(line => line.Account == account)).ToArray();
        var (shown, pages) = PagesOf(entries.Length, page);
        return new JournalFacts(account, true, shown, pages, entries.Length, [.. entries.Skip((shown - 1) * JournalFacts.PageEntries).Take(JournalFacts.PageEntries)]);
    }

    private static (int Shown, int Pages) PagesOf(int entries, int page)
    {
        var pages = Math.Max(1, (entries + JournalFacts.PageEntries - 1) / JournalFacts.PageEntries);
        return (Math.Clamp(page, 1, pages), pages);
    }

    private static TrialBalanceFacts BalanceOf(MarketLedger ledger) => new(
        [
            .. Enumerable.Range(1, ledger.Chart.Count).Select(number => ledger.Book.FindAccount(number)!).Where(account => account.Commodity == Commodity.CnyFen)
                .GroupBy(account => GroupOf(account.Name)).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Row(group.Key, [.. group.Select(account => ledger.Book.Balance(account.Number))])),
        ],
        LedgerTotals.Of(ledger));

    private static BalanceRow Row(string group, Balances[] balances) =>
        new(group, balances.Length, balances.Sum(balance => balance.NetDebit), balances.Sum(balance => balance.DebitsPending + balance.CreditsPending));

    private static string GroupOf(string name) => name.Split(':') is { Length: > 2 } parts ? $"{parts[0]}:{parts[1]}:…" : name;
}
