using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DataExchange.Matching.Flow;

/// <summary>An engine in the middle of a flow, as a file: how far it came, what came of it so far, and the engine's own snapshot.</summary>
/// <param name="Operations">Operations done.</param>
/// <param name="Trades">Trades so far.</param>
/// <param name="Quantity">Units traded so far.</param>
/// <param name="Engine">The engine's snapshot.</param>
public sealed record FlowSnapshot(long Operations, long Trades, long Quantity, ReadOnlyMemory<byte> Engine)
{
    // Magic and version (8), books (8), operations, trades, quantity (8 each), SHA-256 of the flow (32); the engine; SHA-256 of all before (32).
    private const ulong MagicAndVersion = 0x0000_0001_5346_5844; // "DXFS", 1
    private const int HeaderBytes = 72;

    /// <summary>Writes it: under another name first, so that a crash leaves no half of it.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="plan">The flow that it belongs to.</param>
    public void Write(string path, FlowPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var bytes = new byte[HeaderBytes + Engine.Length + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, MagicAndVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), plan.Books);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Operations);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Trades);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Quantity);
        DigestOf(plan).CopyTo(bytes.AsSpan(40));
        Engine.Span.CopyTo(bytes.AsSpan(HeaderBytes));
        SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes), bytes.AsSpan(^SHA256.HashSizeInBytes..));
        try
        {
            var unfinished = path + ".part";
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlowException($"{path}: the snapshot cannot be written: {failure.Message}");
        }
    }

    /// <summary>The engine as it was.</summary>
    /// <param name="plan">The flow that it belongs to.</param>
    /// <exception cref="FlowException">The engine's snapshot is not one of this version, or of a larger engine.</exception>
    internal MatchingEngine<ReportKeeper> Restore(FlowPlan plan)
    {
        try
        {
            var engine = MatchingEngine<ReportKeeper>.Restore(Engine.Span, new ReportKeeper(), plan.Limits);
            engine.Handler.Totals = new FlowTotals(Trades, Quantity, 0, 0, Reason.None);
            return engine;
        }
        catch (SnapshotException wrong)
        {
            throw new FlowException(wrong.Message);
        }
    }

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The flow that it must belong to.</param>
    /// <exception cref="FlowException">It cannot be read, is damaged or belongs to another flow.</exception>
    public static FlowSnapshot Read(string path, FlowPlan plan)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlowException($"{path}: the snapshot cannot be read: {failure.Message}");
        }

        return Parse(bytes, path, plan);
    }

    /// <summary>Checks the bytes of a snapshot.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="plan">The flow that it must belong to.</param>
    /// <exception cref="FlowException">It is damaged or belongs to another flow.</exception>
    public static FlowSnapshot Parse(byte[] bytes, string name, FlowPlan plan)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(plan);
        if (bytes.Length < HeaderBytes + SHA256.HashSizeInBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var magic && magic << 32 != unchecked(MagicAndVersion << 32))
        {
            throw new FlowException($"{name}: this is no snapshot of a flow.");
        }

        if (magic != MagicAndVersion)
        {
            throw new FlowException($"{name}: this snapshot's version {magic >> 32} is not known; version {MagicAndVersion >> 32} is.");
        }

        if (!SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
        {
            throw new FlowException($"{name}: the snapshot is damaged: its checksum does not fit.");
        }

        var books = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));
        if (books != plan.Books)
        {
            throw new FlowException(string.Create(CultureInfo.InvariantCulture, $"{name}: the snapshot was taken with --books {books}, this is --books {plan.Books}."));
        }

        var operations = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16));
        if (operations < 0 || operations > plan.Operations.Length || !bytes.AsSpan(40, SHA256.HashSizeInBytes).SequenceEqual(DigestOf(plan)))
        {
            throw new FlowException($"{name}: the snapshot belongs to another flow.");
        }

        var trades = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24));
        var quantity = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32));
        if (trades < 0 || quantity < trades || (trades == 0 && quantity != 0))
        {
            throw new FlowException(string.Create(CultureInfo.InvariantCulture, $"{name}: the snapshot says {trades} trades of {quantity} units, which cannot be."));
        }

        return new FlowSnapshot(
            operations,
            trades,
            quantity,
            bytes.AsMemory(HeaderBytes..^SHA256.HashSizeInBytes));
    }

    private static byte[] DigestOf(FlowPlan plan) => SHA256.HashData(MemoryMarshal.AsBytes(plan.Operations.Span));
}
