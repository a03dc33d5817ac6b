using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Trust.Logs;
using DataExchange.Vouchers;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Cli.Running;

/// <summary>Checks a file that the program handed out, without any store: a document, a proof of the log, or the text of a page's QR code.</summary>
internal static class FileVerification
{
    /// <summary>Checks it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pem">The public key as a file; null to take the file's own.</param>
    /// <param name="at">For which moment validity is checked; null for the date of the signature.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It cannot be read, or is none of these.</exception>
    public static async Task<VerifyFileOutput> RunAsync(string path, string? pem, SimulatedTime? at, CancellationToken cancellation)
    {
        var bytes = await InputFile.ReadAsync(path, "FILE", cancellation).ConfigureAwait(false);
        var trusted = await InputFile.PublicKeyAsync(pem, cancellation).ConfigureAwait(false);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        try
        {
            if (bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes(VoucherCode.Prefix)))
            {
                return OfCode(path, VoucherCode.Parse(Encoding.UTF8.GetString(bytes).TrimEnd('\n')), digest, KeyOf(pem, trusted));
            }

            var document = CanonicalText.Parse(bytes);
            if (document.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals(LogProof.CurrentFormat))
            {
                return OfProof(path, LogProof.Parse(Encoding.UTF8.GetString(bytes)), digest, trusted);
            }

            if (!VoucherCheck.IsVoucher(document))
            {
                throw new WrongInputException($"FILE '{path}' is none of what this program checks: a certificate or data invoice (--out), a proof of the log (dx log prove --out), the text of a QR code");
            }

            return OfVoucher(path, VoucherCheck.Check(bytes, KeyOf(pem, trusted), at), digest);
        }
        catch (Exception wrong) when (wrong is VoucherException or LogProofException)
        {
            throw new WrongInputException($"FILE '{path}': {wrong.Message}");
        }
    }

    private static VoucherKey? KeyOf(string? pem, byte[]? trusted)
    {
        try
        {
            return trusted is null ? null : VoucherKey.Of(trusted);
        }
        catch (CryptographicException unfit)
        {
            throw new WrongInputException($"--key '{pem}' is no public key on P-256: {unfit.Message}");
        }
    }

    private static VerifyFileOutput OfVoucher(string path, VoucherFinding found, string digest) => new(
        found.Problem is null, path, found.Type, found.Handle, found.Venue, found.Issuer, found.KeyId, found.IsKeyTrusted, found.IsThrowAwayKey, found.SignedAt,
        found.ValidFrom, found.ValidUntil, found.At, found.Facts, digest, found.Problem);

    private static VerifyFileOutput OfProof(string path, LogProof proof, string digest, byte[]? trusted)
    {
        var problem = proof.FindProblem(trusted);
        return new VerifyFileOutput(
            problem is null, path, "LogProof", $"{proof.Origin} leaf {proof.Leaf}", proof.Venue, null, null, trusted is not null, null, null, null, null, null,
            problem is null ? [string.Join(' ', proof.Entry.Split('\n')[..3])] : [], digest, problem);
    }

    private static VerifyFileOutput OfCode(string path, VoucherCode code, string digest, VoucherKey? trusted)
    {
        var key = trusted ?? throw new WrongInputException($"--key is missing: the QR code in FILE '{path}' names key {code.KeyId} and does not hold it");
        var problem = code.FindProblem(key);
        return new VerifyFileOutput(
            problem is null, path, code.Kind == "INV" ? "QrCodeOfInvoice" : "QrCodeOfCertificate", code.Handle, null, key.Did, code.KeyId, true, null, null, code.ValidFrom,
            code.Kind == "INV" ? null : code.Essential, null, [], digest, problem,
            code.Digest, code.Kind == "INV" && long.TryParse(code.Essential, out var fen) ? fen : null);
    }
}
