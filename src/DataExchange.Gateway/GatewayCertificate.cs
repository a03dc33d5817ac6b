using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DataExchange.Gateway;

/// <summary>The certificate that a gateway shows where it speaks TLS, with the ones between it and the root. Its files are read once: a new one needs a new start.</summary>
public sealed class GatewayCertificate : IDisposable
{
    private GatewayCertificate(X509Certificate2 own, X509Certificate2Collection chain) => (Own, Chain) = (own, chain);

    /// <summary>The certificate with its key.</summary>
    internal X509Certificate2 Own { get; }

    /// <summary>All certificates of the file, its own first.</summary>
    internal X509Certificate2Collection Chain { get; }

    /// <summary>Reads a certificate.</summary>
    /// <param name="certificateFile">PEM file: the server's certificate, then those between it and the root, if any.</param>
    /// <param name="keyFile">PEM file: its private key, without a password.</param>
    /// <exception cref="ArgumentException">A file is not there or cannot be read, holds something else, or the key is not the certificate's.</exception>
    public static GatewayCertificate Read(string certificateFile, string keyFile)
    {
        var (certificates, key) = (Text(certificateFile, "a certificate"), Text(keyFile, "a private key"));
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificates);
        }
        catch (CryptographicException failure)
        {
            throw new ArgumentException($"'{certificateFile}' holds no certificate that can be read: {failure.Message}", failure);
        }

        if (chain.Count == 0)
        {
            throw new ArgumentException($"'{certificateFile}' holds no certificate: allowed is PEM, -----BEGIN CERTIFICATE-----");
        }

        try
        {
            // Taken through PKCS #12: not every platform's TLS takes a key that was never stored.
            using var read = X509Certificate2.CreateFromPem(certificates, key);
            return new GatewayCertificate(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), chain);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"'{keyFile}' holds no private key of the certificate in '{certificateFile}': allowed is its key as PEM without a password ({failure.Message.Split(" (Parameter")[0]})", failure);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Own.Dispose();
        foreach (var one in Chain)
        {
            one.Dispose();
        }
    }

    private static string Text(string path, string what)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"'{path}' is not {what} that can be read: {failure.Message}", failure);
        }
    }
}
