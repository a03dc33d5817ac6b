using System.Security.Cryptography;
using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>Heads written and signed, and read and verified, as whoever follows a log does.</summary>
internal static class LogCheckpoints
{
    private const int Count = 500;
    private const string Origin = "bench.dataexchange.invalid/log";

    internal static CheckpointMeasure Measure(Hash256 root, long size, int rounds)
    {
        using var signer = new NoteSigner(Origin, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var notes = new string[Count];
        void Sign()
        {
            for (var i = 0; i < Count; i++)
            {
                notes[i] = SignedNote.Sign(new Checkpoint(Origin, size + i, root).ToText(), signer).ToString();
            }
        }

        void Verify()
        {
            for (var i = 0; i < Count; i++)
            {
                if (!SignedNote.TryParse(notes[i], out var note) || !note.IsSignedBy(signer.Key) || !Checkpoint.TryParse(note.Text, out var head) || head.Size != size + i)
                {
                    throw new InvalidOperationException($"checkpoint {i} does not hold");
                }
            }
        }

        Sign();
        Verify();
        return new CheckpointMeasure(
            Count / Figures.Median(Enumerable.Range(0, rounds).Select(_ => Figures.Seconds(Sign))),
            Count / Figures.Median(Enumerable.Range(0, rounds).Select(_ => Figures.Seconds(Verify))));
    }
}
