using System.Buffers.Binary;

namespace DataExchange.Matching.Tests.Fuzzing;

/// <summary>
/// Makes inputs out of ones that were kept, and keeps those that led the reader somewhere new: to a branch not taken before when the
/// assembly is instrumented (<see cref="Branches"/>), otherwise to a refusal in words not seen before.
/// </summary>
/// <param name="seeds">What is kept from the start.</param>
/// <param name="random">Where all chance comes from.</param>
/// <param name="word">Bytes of a field: changes mostly begin at a multiple of it.</param>
internal sealed class ByteFuzzer(IEnumerable<byte[]> seeds, Random random, int word)
{
    private const int MostKept = 20_000;
    private const int MostFindings = 10;
    private const int Looks = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly long[] Edges =
    [
        0, 1, 2, 3, 4, 7, 8, 63, 64, 65, 255, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, int.MaxValue, 1L << 32, (1L << 62) - 1, 1L << 62,
        (1L << 62) + 1, long.MaxValue, -1, int.MinValue, long.MinValue,
    ];

    private readonly List<byte[]> _kept = [.. seeds];
    private readonly HashSet<string> _outcomes = [];
    private readonly Branches? _branches = Branches.OfInstrumentedAssembly();

    /// <summary>How many inputs: a short run, or as many as DX_FUZZ says.</summary>
    public static int Inputs(int few) =>
        int.TryParse(Environment.GetEnvironmentVariable("DX_FUZZ"), out var wanted) && wanted > 0 ? wanted : few;

    /// <summary>How often each outcome came up, digits left out.</summary>
    public Dictionary<string, int> Outcomes { get; } = [];

    /// <summary>Inputs that led somewhere new, the seeds among them.</summary>
    public int Kept => _kept.Count;

    /// <summary>Branches that were taken, each with how often as a power of two; 0 without instrumentation.</summary>
    public int BranchesSeen => _branches?.Seen ?? 0;

    /// <summary>Feeds inputs to a reader. One that it does not end with ends the process.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="seal">Makes lengths and checksums fit.</param>
    /// <param name="read">Reads and says what came of it; what it throws is a finding.</param>
    public void Run(int inputs, Func<byte[], byte[]> seal, Func<byte[], string> read)
    {
        byte[]? underway = null;
        var (before, number, looks) = (-1, 0, 0);
        var findings = new Dictionary<string, Exception>();
        using var watch = new Timer(
            _ =>
            {
                // Not at the first look: the process itself may have stood still.
                looks = before == Volatile.Read(ref number) ? looks + 1 : 0;
                before = number;
                if (looks == Looks)
                {
                    Environment.FailFast($"No end after {Looks} times {Patience}: {Convert.ToBase64String(Volatile.Read(ref underway) ?? [])}");
                }
            },
            null, Patience, Patience);
        for (; number < inputs; number++)
        {
            var changed = Change([.. _kept[random.Next(2) == 0 ? random.Next(_kept.Count) : Math.Max(_kept.Count - 1 - random.Next(64), 0)]]);
            Volatile.Write(ref underway, seal(changed));
            Branches.Clear();
            string outcome;
            try
            {
                outcome = WithoutNumbers(read(underway));
            }
            catch (Exception finding)
            {
                // The same failure comes again and again: one input of each will do.
                outcome = WithoutNumbers(finding.ToString());
                if (findings.Count < MostFindings)
                {
                    findings.TryAdd(outcome, new InvalidOperationException($"input {number}: {Convert.ToBase64String(underway)}", finding));
                }
            }

            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
            if ((_branches is null ? _outcomes.Add(outcome) : _branches.AnyNew()) && _kept.Count < MostKept)
            {
                _kept.Add(changed);
            }
        }

        if (findings.Count > 0)
        {
            throw new AggregateException(findings.Values);
        }
    }

    private static string WithoutNumbers(string text) => string.Concat(text.Where(character => !char.IsAsciiDigit(character) && character != '-'));

    private byte[] Change(byte[] bytes)
    {
        for (var left = 1 + random.Next(random.Next(1, 6)); left > 0; left--)
        {
            bytes = bytes.Length == 0 ? new byte[word] : random.Next(20) switch
            {
                < 16 => ChangeField(bytes),
                < 19 => Cut(bytes),
                _ => Join(bytes),
            };
        }

        return bytes;
    }

    private byte[] ChangeField(byte[] bytes)
    {
        var width = random.Next(4) > 0 ? word : 1 << random.Next(4);
        var at = Place(bytes.Length);
        if (at + width > bytes.Length)
        {
            bytes[at] ^= (byte)(1 << random.Next(8));
            return bytes;
        }

        var field = bytes.AsSpan(at, width);
        var old = Read(field);
        var other = bytes.AsSpan(Math.Min(Place(bytes.Length), bytes.Length - width), width);
        switch (random.Next(8))
        {
            case 0:
                Write(field, unchecked(old + 1));
                break;
            case 1:
                Write(field, unchecked(old - 1));
                break;
            case 2:
                Write(field, Edges[random.Next(Edges.Length)]);
                break;
            case 3:
                Write(field, random.Next(32));
                break;
            case 4:
                Write(field, old ^ (1L << random.Next(8 * width)));
                break;
            case 5:
                Write(field, random.NextInt64());
                break;
            case 6:
                other.CopyTo(field);
                break;
            default:
                Write(field, Read(other));
                Write(other, old);
                break;
        }

        return bytes;
    }

    /// <summary>Leaves a part out, or has it twice.</summary>
    private byte[] Cut(byte[] bytes)
    {
        var (at, size) = (Place(bytes.Length), word * (1 + random.Next(random.Next(2) == 0 ? 3 : 40)));
        size = Math.Min(size, bytes.Length - at);
        return random.Next(3) switch
        {
            0 => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + size)],
            1 => [.. bytes.AsSpan(0, at + size), .. bytes.AsSpan(at)],
            _ => random.Next(4) == 0 ? bytes[..at] : [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + size)],
        };
    }

    /// <summary>The beginning of one and the end of another.</summary>
    private byte[] Join(byte[] bytes)
    {
        var other = _kept[random.Next(_kept.Count)];
        var at = Place(bytes.Length);
        return [.. bytes.AsSpan(0, at), .. other.AsSpan(Math.Min(at, other.Length))];
    }

    private int Place(int length)
    {
        var at = random.Next(length);
        return random.Next(16) > 0 ? at - (at % word) : at;
    }

    private static long Read(ReadOnlySpan<byte> field)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        field.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private static void Write(Span<byte> field, long value)
    {
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(wide, value);
        wide[..field.Length].CopyTo(field);
    }
}
