using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Tests.Fuzzing;

/// <summary>
/// The branches that an input took, when the assemblies under test were instrumented by <c>sharpfuzz</c> and SharpFuzz.Common.dll lies
/// beside them (docs/matching-tests.md says how). Counts are told apart as powers of two, so that one turn more of a loop is nothing new.
/// </summary>
internal sealed unsafe class Branches
{
    private const int Places = 1 << 16;
    private static readonly byte* Memory = (byte*)NativeMemory.AllocZeroed(Places);
    private static bool _isInstrumented;
    private readonly byte[] _seen = new byte[Places];

    /// <summary>Branches seen at all, each as often as it was seen with another power of two.</summary>
    public int Seen { get; private set; }

    public static Branches? OfInstrumentedAssembly() => _isInstrumented ? new Branches() : null;

    /// <summary>Before anything else: instrumented code counts into this memory and fails without it.</summary>
    [ModuleInitializer]
    internal static void Connect()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "SharpFuzz.Common.dll");
        if (File.Exists(path) && Assembly.LoadFrom(path).GetType("SharpFuzz.Common.Trace")?.GetField("SharedMem") is { } memory)
        {
            memory.SetValue(null, Pointer.Box(Memory, typeof(byte*)));
            _isInstrumented = true;
        }
    }

    public static void Clear() => new Span<byte>(Memory, Places).Clear();

    /// <summary>Whether a branch was taken, or taken as often, for the first time; from then on it is no longer new.</summary>
    public bool AnyNew()
    {
        var any = false;
        var words = new ReadOnlySpan<ulong>(Memory, Places / 8);
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] != 0)
            {
                for (var place = word * 8; place < (word * 8) + 8; place++)
                {
                    any |= Note(place);
                }
            }
        }

        return any;
    }

    private bool Note(int place)
    {
        var bit = Memory[place] == 0 ? 0 : 1 << Math.Min(7, sizeof(int) * 8 - 1 - int.LeadingZeroCount(Memory[place]));
        if ((_seen[place] & bit) == bit)
        {
            return false;
        }

        _seen[place] |= (byte)bit;
        Seen++;
        return true;
    }
}
