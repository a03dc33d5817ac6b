using System.Security.Cryptography;
using System.Text;
using DataExchange.Domain;

namespace DataExchange.Gateway.Commands;

/// <summary>The id of a command follows from who gives it and the key that they gave it: however often they send it, it is the same command.</summary>
public static class RequestId
{
    /// <summary>Longest key.</summary>
    public const int LongestKey = 200;

    /// <summary>The id: a UUID of version 8 (RFC 9562) from SHA-256.</summary>
    /// <param name="party">Who gives the command.</param>
    /// <param name="key">The key, visible ASCII, 1 to <see cref="LongestKey"/> characters.</param>
    public static Guid Of(PartyId party, string key)
    {
        // No name holds a zero, so that no two pairs make one text.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{party.Value}\0{key}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Whether a text may be a key.</summary>
    public static bool IsKey(string text) => text is { Length: >= 1 and <= LongestKey } && text.All(letter => letter is > ' ' and < (char)127);
}
