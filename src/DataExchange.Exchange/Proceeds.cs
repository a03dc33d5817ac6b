using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Exchange;

/// <summary>
/// All proceeds that settlements, and deposits that bidders forfeited, ever credited to each party: what the exchange tells the party's payable stream when money is paid out or taken
/// back. A figure a party, instead of an event for each of its shares in each deal.
/// </summary>
internal sealed class Proceeds
{
    private readonly Dictionary<string, long> _byParty = new(StringComparer.Ordinal);

    /// <summary>Proceeds so far, fen.</summary>
    internal long Of(PartyId party) => _byParty.GetValueOrDefault(party.Value);

    /// <summary>How many parties have any.</summary>
    internal int Count => _byParty.Count;

    /// <summary>A copy of all of them, by party.</summary>
    internal Dictionary<string, long> Save() => new(_byParty, StringComparer.Ordinal);

    /// <summary>Goes on from a copy, in place of what was known.</summary>
    internal void Restore(IReadOnlyDictionary<string, long> byParty)
    {
        _byParty.Clear();
        foreach (var (party, fen) in byParty)
        {
            _byParty.Add(party, fen);
        }
    }

    /// <summary>Takes a fact, in the order in which facts happen.</summary>
    internal void Take(Event fact)
    {
        if (fact is DepositForfeited forfeited)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_byParty, forfeited.Provider.Value, out _) += forfeited.AmountFen;
            return;
        }

        var postings = fact switch
        {
            DealSettled e => e.Postings,
            PeriodSettled e => e.Postings,
            _ => null,
        };
        for (var i = 0; i < postings?.Count; i++)
        {
            var payee = LedgerAccount.PayableTo(postings[i].Credit);
            if (!payee.IsEmpty)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_byParty.GetAlternateLookup<ReadOnlySpan<char>>(), payee, out _) += postings[i].AmountFen;
            }
        }
    }
}
