using System.Threading.Channels;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using Npgsql;

namespace DataExchange.Services.Telemetry;

/// <summary>
/// The market's books, made from the facts as the feed sees them. Books can be made of right facts alone: what they do not take is the imbalance.
/// They are begun when somebody asks for the first time, from the store's first fact; then they take the pages that the feed sees anyway, and read
/// from the store whatever lies between.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="isWanted">Whether anybody asks; nothing is kept and nothing read while nobody does.</param>
internal sealed class LedgerWatch(NpgsqlDataSource database, Func<bool> isWanted)
{
    // Pages beyond that are read from the store: a feed that catches up must not fill the memory.
    private const int MostPages = 256;
    private static readonly HashSet<string> Types =
        [.. EventRegistry.All.Where(type => MarketLedger.Types.Contains(type.Type)).SelectMany(EventRegistry.NamesOf)];

    private readonly RawEventReader _reader = new(database);
    private readonly Channel<Page> _pages = Channel.CreateBounded<Page>(new BoundedChannelOptions(MostPages) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly MarketLedger _ledger = new();
    private long _taken;
    private long _refusedFen;

    /// <summary>Facts that the books do not take.</summary>
    public int Refused { get; private set; }

    /// <summary>Place of the last of them in the global order; 0 while there is none.</summary>
    public long LastRefused { get; private set; }

    /// <summary>What the feed sees.</summary>
    /// <param name="floor">The place behind which the facts begin.</param>
    /// <param name="facts">All facts behind it, one or more.</param>
    public void See(long floor, IReadOnlyList<FedFact> facts)
    {
        if (isWanted())
        {
            _pages.Writer.TryWrite(new Page(floor, facts[^1].Sequence, [.. facts.Where(fact => MarketLedger.Types.Contains(fact.Data.GetType()))]));
        }
    }

    /// <summary>Takes everything up to a place in the global order.</summary>
    public async Task TakeAsync(long to, CancellationToken cancellation)
    {
        while (_pages.Reader.TryRead(out var page))
        {
            await ReadAsync(page.Floor, cancellation).ConfigureAwait(false);
            foreach (var fact in page.Facts)
            {
                Take(fact.Sequence, fact.Stream, fact.Version, fact.Data);
            }

            _taken = Math.Max(_taken, page.Ceiling);
        }

        await ReadAsync(to, cancellation).ConfigureAwait(false);
    }

    /// <summary>Debits less credits of all money accounts, and the money of facts that the books do not take, fen.</summary>
    public long ImbalanceFen() => Math.Abs(LedgerTotals.Of(_ledger).TrialBalanceFen) + _refusedFen;

    private async Task ReadAsync(long to, CancellationToken cancellation)
    {
        if (to <= _taken)
        {
            return;
        }

        await foreach (var raw in _reader.ReadBySequenceAsync(_taken + 1, to, cancellation).ConfigureAwait(false))
        {
            if (Types.Contains(raw.TypeName))
            {
                Take(raw.Sequence, raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
            }

            _taken = raw.Sequence;
        }

        _taken = Math.Max(_taken, to);
    }

    private void Take(long sequence, string stream, int version, Event fact)
    {
        if (sequence > _taken && _ledger.Take(sequence, stream, version, fact) is not null)
        {
            Refused++;
            LastRefused = sequence;
            _refusedFen += MoneyOf(fact);
        }
    }

    private static long MoneyOf(Event fact) => fact switch
    {
        FundsDeposited x => x.AmountFen,
        FundsHeld x => x.AmountFen,
        HoldReleased x => x.AmountFen,
        HoldCaptured x => x.AmountFen,
        OrderFundsHeld x => x.AmountFen,
        OrderFundsReleased x => x.AmountFen,
        OrderFundsAllotted x => x.AmountFen,
        BidFundsHeld x => x.AmountFen,
        BidFundsReleased x => x.AmountFen,
        DepositForfeited x => x.AmountFen,
        RefundCredited x => x.AmountFen,
        FiledContractRecorded x => x.AmountFen,
        DealSettled x => x.Postings.Sum(posting => posting.AmountFen),
        PeriodSettled x => x.Postings.Sum(posting => posting.AmountFen),
        DealChargedBack x => x.AmountFen,
        ProceedsPaidOut x => x.AmountFen,
        ProceedsOffset x => x.AmountFen,
        ProceedsChargedBack x => x.TakenFen + x.OwedFen,
        // Licences are no money.
        _ => 0,
    };

    private sealed record Page(long Floor, long Ceiling, FedFact[] Facts);
}
