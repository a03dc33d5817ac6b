using System.Security.Cryptography;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running;

/// <summary>Files that a user names.</summary>
internal static class InputFile
{
    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The argument or option that named it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, string name, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongInputException($"{name} '{path}' cannot be read: {wrong.Message}");
        }
    }

    /// <summary>Reads the public key that <c>--key</c> names.</summary>
    /// <param name="pem">The file; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its DER form.</returns>
    /// <exception cref="WrongInputException">It cannot be read, or is no key.</exception>
    public static async Task<byte[]?> PublicKeyAsync(string? pem, CancellationToken cancellation)
    {
        if (pem is null)
        {
            return null;
        }

        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(System.Text.Encoding.UTF8.GetString(await ReadAsync(pem, "--key", cancellation).ConfigureAwait(false)));
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            throw new WrongInputException($"--key '{pem}' is no public key in PEM: {unfit.Message}");
        }
    }
}
