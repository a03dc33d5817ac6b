using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>
/// The market's books, a fold over its events in their global order: each event that moves money or licences becomes a chain of linked
/// transfers in a <see cref="DoubleEntryLedger"/>. docs/ledger.md has the chart of accounts and the entries of each event. It reads no clock
/// and decides nothing; what the ledger does not take is a defect of whoever wrote the events. An event given again changes nothing.
/// </summary>
public sealed partial class MarketLedger
{
    private static readonly HashSet<Type> PostedTypes =
    [
        typeof(FundsDeposited), typeof(FundsHeld), typeof(HoldReleased), typeof(HoldCaptured), typeof(OrderFundsHeld), typeof(OrderFundsReleased),
        typeof(OrderFundsAllotted), typeof(BidFundsHeld), typeof(BidFundsReleased), typeof(DepositForfeited), typeof(RefundCredited), typeof(EscrowFunded), typeof(FiledContractRecorded), typeof(DealSettled),
        typeof(PeriodSettled), typeof(DealChargedBack), typeof(ProceedsPaidOut), typeof(ProceedsOffset), typeof(ProceedsChargedBack), typeof(LicenceGranted), typeof(LicenceRevoked), typeof(PacksTraded), typeof(PacksRedeemed),
    ];

    private readonly Dictionary<PartyId, PartyRow> _parties = [];
    private readonly Dictionary<DealId, int> _dealNumbers = [];
    private readonly long _bank;
    private readonly long _escrow;
    private Transfer[] _chain = new Transfer[8];
    private TransferResult[] _results = new TransferResult[8];
    private int _length;

    // Of the event at hand.
    private ulong _place;
    private int _version;
    private SimulatedTime _at;
    private Reference _reference;

    /// <summary>Begins empty books.</summary>
    public MarketLedger()
    {
        Chart = new ChartOfAccounts(Book);
        _bank = Chart.OfMoney(LedgerAccount.Bank);
        _escrow = Chart.OfMoney(LedgerAccount.Escrow);
        _resultsAccount = Chart.OfMoney(ChartOfAccounts.Results);
    }

    /// <summary>The event types that it posts or must know; all others it passes over.</summary>
    public static IReadOnlyCollection<Type> Types => PostedTypes;

    /// <summary>The ledger: amounts in fen or licence units, times in Unix seconds, events by their place in the global order, deals by number.</summary>
    public DoubleEntryLedger Book { get; } = new();

    /// <summary>The accounts.</summary>
    public ChartOfAccounts Chart { get; }

    /// <summary>The deal that a transfer's reference names; null for none.</summary>
    /// <param name="number">The number in the reference.</param>
    public string? DealOf(long number) => number == 0 ? null : _deals[(int)number].Name;

    /// <summary>Posts an event.</summary>
    /// <param name="sequence">Its place in the global order, from 1.</param>
    /// <param name="stream">Id of its stream.</param>
    /// <param name="version">Its place there.</param>
    /// <param name="e">The event.</param>
    /// <returns>Null, or why the ledger does not take it; then nothing of it was posted.</returns>
    public LedgerDefect? Take(long sequence, string stream, int version, Event e)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(e);
        if (!PostedTypes.Contains(e.GetType()))
        {
            return null;
        }

        (_length, _at, _version, _place) = (0, e.At, version, PlaceOf(stream));
        _reference = new Reference(0, sequence);
        if (Book.TryGetTransfer(IdOf(_place, version, 0), out var posted))
        {
            return posted.Content.Reference.Event == sequence
                ? null
                : new LedgerDefect(stream, version, e.GetType().Name, $"event {posted.Content.Reference.Event} was posted under its name");
        }

        var wrong = e switch
        {
            FundsDeposited x => Begin(default) ?? Move(_bank, Available(x.Party), x.AmountFen, LedgerCode.Deposit),
            FundsHeld x => Begin(x.Deal) ?? Hold(x),
            HoldReleased x => Begin(x.Deal) ?? Release(x),
            HoldCaptured x => Begin(x.Deal) ?? Capture(x),
            OrderFundsHeld x => Begin(default) ?? Hold(x),
            OrderFundsReleased x => Begin(default) ?? Release(x),
            OrderFundsAllotted x => Begin(x.Deal) ?? Allot(x),
            BidFundsHeld x => Begin(default) ?? Hold(x),
            BidFundsReleased x => Begin(default) ?? Release(x),
            DepositForfeited x => Begin(default) ?? Forfeit(x),
            RefundCredited x => Begin(x.Deal) ?? Move(_escrow, Available(x.Party), x.AmountFen, LedgerCode.Refund),
            DealSettled x => Begin(x.Deal) ?? Share(x.Postings),
            PeriodSettled x => Begin(x.Deal) ?? Share(x.Postings),
            FiledContractRecorded x => Begin(x.Deal) ?? Share(x.Postings),
            EscrowFunded x => Note(x),
            _ => TakePayable(e),
        };
        var rejected = wrong ?? (_length == 0 ? null : Apply());
        return rejected is null ? null : new LedgerDefect(stream, version, e.GetType().Name, rejected);
    }

    /// <summary>The id of a transfer: by stream, version and place in the event, so that an event given again repeats its ids.</summary>
    /// <param name="stream">Id of the stream.</param>
    /// <param name="version">The event's place in it.</param>
    /// <param name="ordinal">From 0.</param>
    public static UInt128 TransferId(string stream, int version, int ordinal) => IdOf(PlaceOf(stream), version, ordinal);

    private static UInt128 IdOf(ulong place, int version, int ordinal) => new(place, ((ulong)(uint)version << 16) | (uint)ordinal);

    // FNV-1a over the characters, then stirred so that similar names are far apart.
    private static ulong PlaceOf(string stream)
    {
        unchecked
        {
            var hash = 14_695_981_039_346_656_037UL;
            foreach (var letter in stream)
            {
                hash = (hash ^ letter) * 1_099_511_628_211;
            }

            hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
            return hash ^ (hash >> 33);
        }
    }

    // Of every event that makes transfers: which deal, and before the first of a year the closing of those past.
    private string? Begin(DealId deal)
    {
        if (deal.Value is not null)
        {
            _reference = _reference with { Deal = NumberOf(deal) };
        }

        return CloseYearsBefore(_at);
    }

    private string? Move(long debit, long credit, long amount, LedgerCode code)
    {
        Add(Transfer.Direct(IdOf(_place, _version, _length), debit, credit, amount, (ushort)code, _at.UnixSeconds, _reference));
        return null;
    }

    private string? Share(IReadOnlyList<Posting> postings)
    {
        var provider = _deals[(int)_reference.Deal].ProviderAccount;
        for (var i = 0; i < postings.Count; i++)
        {
            var posting = postings[i];
            var (debit, credit) = (Chart.OfMoney(posting.Debit), Chart.OfMoney(posting.Credit));
            if (debit == 0 || credit == 0)
            {
                return $"{(debit == 0 ? posting.Debit : posting.Credit)} is no account of the chart";
            }

            Move(debit, credit, posting.AmountFen, CodeOf(posting, credit == provider));
        }

        return null;
    }

    private static LedgerCode CodeOf(Posting posting, bool isProvider) =>
        posting.Credit == LedgerAccount.Vat ? LedgerCode.Tax
        : posting.Credit.StartsWith("income:", StringComparison.Ordinal) ? LedgerCode.Fee
        : posting.Debit == LedgerAccount.FiledContracts ? LedgerCode.FiledContract
        : isProvider ? LedgerCode.ProviderShare
        : LedgerCode.ContributorShare;

    private string? Note(EscrowFunded e)
    {
        _deals[NumberOf(e.Deal)].ProviderAccount = Chart.OfMoney(LedgerAccount.Payable(e.Terms.Provider));
        return null;
    }

    private void Add(in Transfer transfer)
    {
        if (_length == _chain.Length)
        {
            Array.Resize(ref _chain, 2 * _length);
            Array.Resize(ref _results, 2 * _length);
        }

        _chain[_length++] = transfer;
    }

    private string? Apply()
    {
        for (var i = 0; i < _length - 1; i++)
        {
            _chain[i] = _chain[i] with { IsLinked = true };
        }

        Book.Apply(_chain.AsSpan(0, _length), _results);
        for (var i = 0; i < _length; i++)
        {
            if (_results[i] is > TransferResult.Exists and not TransferResult.LinkedTransferFailed)
            {
                return Describe(in _chain[i], _results[i]);
            }
        }

        return null;
    }

    private string Describe(in Transfer transfer, TransferResult result)
    {
        var (debit, credit) = (transfer.DebitAccount, transfer.CreditAccount);
        if (transfer.PendingId != UInt128.Zero && Book.TryGetTransfer(transfer.PendingId, out var hold))
        {
            (debit, credit) = (hold.Content.DebitAccount, hold.Content.CreditAccount);
        }

        return $"{(LedgerCode)transfer.Code} of {transfer.Amount} from {Book.FindAccount(debit)?.Name ?? "?"} to {Book.FindAccount(credit)?.Name ?? "?"}: "
            + $"{LedgerAnswers.Of(result)} ({result})";
    }

    private long Available(PartyId party) => Row(party).Available;

    private PartyRow Row(PartyId party)
    {
        if (!_parties.TryGetValue(party, out var row))
        {
            row = new PartyRow(_parties.Count + 1, Chart.OfMoney(LedgerAccount.Available(party)));
            _parties.Add(party, row);
        }

        return row;
    }

    private int NumberOf(DealId deal)
    {
        if (!_dealNumbers.TryGetValue(deal, out var number))
        {
            number = _deals.Count;
            _deals.Add(new DealRow { Name = deal.Value });
            _dealNumbers.Add(deal, number);
        }

        return number;
    }

    private readonly record struct PartyRow(int Number, long Available);
}
