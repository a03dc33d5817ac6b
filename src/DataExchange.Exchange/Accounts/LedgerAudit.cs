using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>
/// Posts a market's events anew, and reconciles: the ledger's own invariants are recomputed from its transfers, and each account is compared with
/// the plain sums of what the events say (<see cref="LedgerEntries"/>), which know neither limits nor holds nor years.
/// </summary>
public sealed class LedgerAudit
{
    /// <summary>Events that the ledger does not take are named up to so many; those after the first may follow from it.</summary>
    public const int MostDefects = 20;

    private readonly MarketLedger _ledger = new();
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, long> _sums = new(StringComparer.Ordinal);
    private int _defects;

    /// <summary>The ledger.</summary>
    public MarketLedger Ledger => _ledger;

    /// <summary>Takes an event, in the order of commits.</summary>
    /// <param name="sequence">Its place in the global order.</param>
    /// <param name="stream">Id of its stream.</param>
    /// <param name="version">Its place there.</param>
    /// <param name="e">The event.</param>
    public void Take(long sequence, string stream, int version, Event e)
    {
        if (_ledger.Take(sequence, stream, version, e) is { } defect)
        {
            if (++_defects <= MostDefects)
            {
                _problems.Add($"{stream} version {version}: LedgerRefuses: {e.GetType().Name}: {defect.Detail}");
            }

            return;
        }

        foreach (var posting in LedgerEntries.Of(e))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_sums, posting.Debit, out _) += posting.AmountFen;
            CollectionsMarshal.GetValueRefOrAddDefault(_sums, posting.Credit, out _) -= posting.AmountFen;
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public IReadOnlyList<string> Complete()
    {
        if (_defects > MostDefects)
        {
            _problems.Add($"ledger: LedgerRefuses: {_defects - MostDefects} events more");
        }

        if (_ledger.Book.FindViolation() is { } violation)
        {
            _problems.Add($"ledger: LedgerViolation: {violation}");
        }

        Reconcile();
        return _problems;
    }

    private void Reconcile()
    {
        var balances = BalancesBeforeClosings();
        foreach (var name in _sums.Keys.Union(balances.Keys).Order(StringComparer.Ordinal))
        {
            var (expected, found) = (_sums.GetValueOrDefault(name), balances.GetValueOrDefault(name));
            if (expected != found)
            {
                _problems.Add($"{name}: LedgerDiffers: the ledger has {found} fen, the events sum to {expected} fen (debits less credits)");
            }
        }
    }

    // As bookkeepers keep journals, with holds as accounts, and with the results still where they were earned.
    private Dictionary<string, long> BalancesBeforeClosings()
    {
        var balances = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in new Journal(_ledger).Entries())
        {
            foreach (var line in entry.Lines)
            {
                if (entry.Code != LedgerCode.Closing && line.Commodity == Commodity.CnyFen)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(balances, line.Account, out _) += line.Amount;
                }
            }
        }

        return balances;
    }
}
