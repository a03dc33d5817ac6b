using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DataExchange.Gateway.Access;

/// <summary>Bearer tokens: short-lived, signed with a key that is made at the first start. A token names the API key it was made with and ends with it.</summary>
internal sealed class Tokens
{
    internal const string KeyClaim = "key";
    private const string Issuer = "dataexchange";
    private const string FileName = "token-signing.key";
    private const int KeyBytes = 32;
    private readonly SymmetricSecurityKey _key;
    private readonly TimeProvider _clock;

    internal Tokens(string folder, TimeProvider clock) => (_key, _clock) = (new SymmetricSecurityKey(KeyOf(folder)), clock);

    internal TokenValidationParameters Validation => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        IssuerSigningKey = _key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => from <= _clock.GetUtcNow().UtcDateTime && _clock.GetUtcNow().UtcDateTime < until,
    };

    internal string Make(Caller caller, TimeSpan lifetime)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            NotBefore = now.AddSeconds(-1),
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = caller.Party.Value, ["role"] = caller.Role.ToString(), [KeyClaim] = caller.Key.ToString("N", CultureInfo.InvariantCulture),
            },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
    }

    private static byte[] KeyOf(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        try
        {
            Private.Write(path, RandomNumberGenerator.GetBytes(KeyBytes));
        }
        catch (IOException) when (File.Exists(path))
        {
            // It was made at an earlier start, or by another process just now.
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new ArgumentException($"'{path}' holds {key.Length} bytes; a signing key has {KeyBytes}: remove it to have one made.", nameof(folder));
    }
}

/// <summary>Files that nobody else can read.</summary>
internal static class Private
{
    /// <summary>Writes a new file.</summary>
    /// <exception cref="IOException">It exists.</exception>
    internal static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved, so that another process never reads half of it.
        var aside = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        using (var file = new FileStream(aside, options))
        {
            file.Write(content);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
