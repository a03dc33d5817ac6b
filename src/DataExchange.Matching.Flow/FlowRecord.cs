using System.Runtime.InteropServices;

namespace DataExchange.Matching.Flow;

/// <summary>What a record of a flow asks for.</summary>
public enum FlowOperation : byte
{
    /// <summary>A limit order, good till cancelled.</summary>
    Add = 0,

    /// <summary>Takes an order out; nothing happens when it no longer rests.</summary>
    Cancel = 1,

    /// <summary>A limit order, immediate or cancel.</summary>
    ImmediateOrCancel = 2,
}

/// <summary>One operation of a flow file: 24 bytes, little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Size = 24)]
public record struct FlowRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int Bytes = 24;

    /// <summary>What is asked for.</summary>
    public FlowOperation Operation;

    /// <summary>Side of an order.</summary>
    public Side Side;

    /// <summary>Book, from 0.</summary>
    public ushort Book;

    /// <summary>Limit price in ticks.</summary>
    public int Price;

    /// <summary>Units, 1 to 100.</summary>
    public int Quantity;

    /// <summary>Number of the order, from 1 in order of arrival.</summary>
    public uint Order;

    /// <summary>Zero.</summary>
    public ulong Padding;
}

/// <summary>A flow, snapshot or journal is not what it should be; the message names the file, the place and what is allowed.</summary>
public sealed class FlowException(string message) : Exception(message);
