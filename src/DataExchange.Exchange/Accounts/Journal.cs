using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>A line of an entry.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Commodity">What is counted.</param>
/// <param name="Amount">Fen or licence units: debits above 0, credits below; never 0.</param>
public readonly record struct JournalLine(string Account, Commodity Commodity, long Amount);

/// <summary>What one event posted. The lines of each commodity sum to 0.</summary>
/// <param name="At">When.</param>
/// <param name="Event">The event's place in the global order.</param>
/// <param name="Deal">The deal; null for none.</param>
/// <param name="Code">What the first of its transfers is for.</param>
/// <param name="Lines">Its lines, at least two.</param>
public sealed record JournalEntry(SimulatedTime At, long Event, string? Deal, LedgerCode Code, IReadOnlyList<JournalLine> Lines);

/// <summary>An account at the end of a journal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">Its class.</param>
/// <param name="Commodity">What it counts.</param>
/// <param name="Balance">Debits less credits, fen or units.</param>
/// <param name="Opened">When it was first posted to.</param>
public sealed record JournalAccount(string Name, AccountClass Class, Commodity Commodity, long Balance, SimulatedTime Opened);

/// <summary>Whether a transfer is one that somebody looks for.</summary>
/// <param name="transfer">The transfer.</param>
public delegate bool TransferTest(in Transfer transfer);

/// <summary>
/// The ledger as a bookkeeper writes it: one entry for each event, and what is held is an account of its own (a party's money moves from
/// <c>available</c> to <c>held</c>), since journals know no pending transfers. Its totals are those of the ledger.
/// </summary>
public sealed class Journal
{
    private const string AvailablePrefix = "liabilities:available:";
    private readonly MarketLedger _ledger;
    private readonly Dictionary<long, string> _held = [];

    /// <summary>Reads a ledger.</summary>
    public Journal(MarketLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _ledger = ledger;
    }

    /// <summary>The accounts that were ever posted to, by name (ordinal); it walks through all entries.</summary>
    public IReadOnlyList<JournalAccount> Accounts()
    {
        var accounts = new Dictionary<string, JournalAccount>(StringComparer.Ordinal);
        foreach (var entry in Entries())
        {
            foreach (var line in entry.Lines)
            {
                ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, line.Account, out _);
                account ??= new JournalAccount(line.Account, ClassOf(line.Account), line.Commodity, 0, entry.At);
                account = account with { Balance = account.Balance + line.Amount };
            }
        }

        return [.. accounts.Values.OrderBy(account => account.Name, StringComparer.Ordinal)];
    }

    /// <summary>The entries in the order in which they were posted.</summary>
    public IEnumerable<JournalEntry> Entries() => Read(0, static (in _) => true).Select(read => read.Entry);

    /// <summary>The entries with a transfer that is wanted, in that order; the others are passed over without being made.</summary>
    /// <param name="isWanted">Says so of a transfer.</param>
    public IEnumerable<JournalEntry> EntriesWith(TransferTest isWanted) => Read(0, isWanted).Select(read => read.Entry);

    /// <summary>The entries from one on.</summary>
    /// <param name="start">Place of its first transfer, as <see cref="Starts"/> gives it.</param>
    public IEnumerable<JournalEntry> EntriesFrom(int start) => Read(start, static (in _) => true).Select(read => read.Entry);

    /// <summary>Places of the entries' first transfers in the ledger, in order: where <see cref="EntriesFrom"/> may begin.</summary>
    /// <param name="from">Transfers before this place are left out; it is where an entry begins, or 0.</param>
    public IEnumerable<int> Starts(int from) => Read(from, static (in _) => true).Select(read => read.Start);

    private IEnumerable<(int Start, JournalEntry Entry)> Read(int from, TransferTest isWanted)
    {
        var lines = new List<JournalLine>();
        var book = _ledger.Book;
        for (var start = from; start < book.TransferCount;)
        {
            var first = book.TransferAt(start).Content;
            var (end, isOne) = (start, false);
            for (; end < book.TransferCount && book.TransferAt(end).Content is var transfer
                && transfer.Reference == first.Reference && transfer.Time == first.Time; end++)
            {
                isOne = isOne || isWanted(in transfer);
            }

            lines.Clear();
            for (var i = start; isOne && i < end; i++)
            {
                var transfer = book.TransferAt(i).Content;
                Write(in transfer, lines);
            }

            if (lines.Count > 0)
            {
                yield return (start, new JournalEntry(
                    new SimulatedTime(first.Time), first.Reference.Event, _ledger.DealOf(first.Reference.Deal), (LedgerCode)first.Code, [.. lines]));
            }

            start = end;
        }
    }

    private void Write(in Transfer transfer, List<JournalLine> lines)
    {
        var (debit, credit) = (transfer.DebitAccount, transfer.CreditAccount);
        switch (transfer.Kind)
        {
            case TransferKind.Pending:
                Add(lines, debit, NameOf(debit), transfer.Amount);
                Add(lines, debit, HeldOf(debit), -transfer.Amount);
                break;
            case TransferKind.Void:
                Add(lines, debit, HeldOf(debit), transfer.Amount);
                Add(lines, debit, NameOf(debit), -transfer.Amount);
                break;
            case TransferKind.Post:
                _ledger.Book.TryGetTransfer(transfer.PendingId, out var hold);
                Add(lines, debit, HeldOf(debit), hold.Content.Amount);
                Add(lines, credit, NameOf(credit), -transfer.Amount);
                Add(lines, debit, NameOf(debit), transfer.Amount - hold.Content.Amount);
                break;
            default:
                Add(lines, debit, NameOf(debit), transfer.Amount);
                Add(lines, credit, NameOf(credit), -transfer.Amount);
                break;
        }
    }

    private void Add(List<JournalLine> lines, long account, string name, long amount)
    {
        var at = lines.FindIndex(line => line.Account == name);
        amount += at < 0 ? 0 : lines[at].Amount;
        if (amount == 0)
        {
            if (at >= 0)
            {
                lines.RemoveAt(at);
            }
        }
        else if (at < 0)
        {
            lines.Add(new JournalLine(name, _ledger.Book.FindAccount(account)!.Commodity, amount));
        }
        else
        {
            lines[at] = lines[at] with { Amount = amount };
        }
    }

    private string NameOf(long account) => _ledger.Book.FindAccount(account)!.Name;

    // Only a party's free money is ever held.
    private string HeldOf(long available)
    {
        ref var name = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, available, out _);
        return name ??= LedgerAccount.Held(new PartyId(NameOf(available)[AvailablePrefix.Length..]));
    }

    private AccountClass ClassOf(string name) =>
        _ledger.Chart.TryFind(name, out var number) ? _ledger.Book.FindAccount(number)!.Class : AccountClass.Liability;
}
