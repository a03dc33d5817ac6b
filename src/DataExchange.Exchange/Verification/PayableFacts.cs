using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Exchange.Verification;

/// <summary>What settlements credited to each party, when, and what the party's payable stream took for it.</summary>
internal sealed class PayableFacts
{
    private readonly Dictionary<string, Party> _parties = new(StringComparer.Ordinal);

    internal void Credit(IReadOnlyList<Posting> postings, SimulatedTime at)
    {
        for (var i = 0; i < postings.Count; i++)
        {
            var payee = LedgerAccount.PayableTo(postings[i].Credit);
            if (!payee.IsEmpty)
            {
                Of(payee).Credited.Add((at.UnixSeconds, postings[i].AmountFen));
            }
        }
    }

    internal void Know(PartyId party, int version, SimulatedTime at, long proceedsFen) =>
        Of(party.Value).Known.Add((version, at.UnixSeconds, proceedsFen));

    // Streams are read one by one: within the second of an event settlements may have been before or after it.
    internal IEnumerable<(string Stream, int Version, string Detail)> Differences()
    {
        foreach (var (name, party) in _parties.OrderBy(party => party.Key, StringComparer.Ordinal))
        {
            if (party.Known.Count == 0)
            {
                continue;
            }

            var credited = party.Credited.OrderBy(credit => credit.At).ToArray();
            var sums = new Int128[credited.Length + 1];
            for (var i = 0; i < credited.Length; i++)
            {
                sums[i + 1] = sums[i] + credited[i].Fen;
            }

            foreach (var (version, at, fen) in party.Known)
            {
                var (before, until) = (sums[CountBefore(credited, at)], sums[CountBefore(credited, at + 1)]);
                if (fen < before || fen > until)
                {
                    yield return (StreamId.Payable(new(name)), version,
                        $"it takes {fen} fen for all proceeds so far; settlements had credited {before} fen before and {until} fen by then");
                }
            }
        }
    }

    private static int CountBefore((long At, long Fen)[] credited, long at)
    {
        var (low, high) = (0, credited.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = credited[middle].At < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private Party Of(ReadOnlySpan<char> name)
    {
        ref var party = ref CollectionsMarshal.GetValueRefOrAddDefault(_parties.GetAlternateLookup<ReadOnlySpan<char>>(), name, out _);
        return party ??= new();
    }

    private sealed class Party
    {
        internal List<(long At, long Fen)> Credited { get; } = [];

        internal List<(int Version, long At, long ProceedsFen)> Known { get; } = [];
    }
}
