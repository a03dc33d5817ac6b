using System.Diagnostics;
using System.Text;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Tests;

/// <summary>A verifier in another language, which has nothing of this program, says the same.</summary>
public sealed class NodeVerifierTests(SharedMarket shared) : IClassFixture<SharedMarket>
{
    private readonly LoggedMarket _market = shared.Market;

    [Fact]
    public async Task Documents_and_codes_hold_in_Node_and_changed_ones_do_not()
    {
        var folder = Directory.CreateTempSubdirectory("dx-voucher-");
        try
        {
            var (path, pem, other) = (Path.Combine(folder.FullName, "file"), Path.Combine(folder.FullName, "key.pem"), Path.Combine(folder.FullName, "other.pem"));
            foreach (var file in new[] { _market.Certificate(_market.Certified.First()), _market.Invoice(_market.Invoiced.First()), _market.Invoice(_market.Invoiced.Last()) })
            {
                var issuer = VoucherTests.Json(file)["issuer"]!;
                var (venue, generation) = (issuer["venue"]!.GetValue<string>(), issuer["keyGeneration"]!.GetValue<int>());
                var key = _market.Keys.Of(venue, generation);
                await WriteAsync(pem, Encoding.UTF8.GetBytes(key.PublicKeyPem));
                await WriteAsync(other, Encoding.UTF8.GetBytes(_market.Keys.Of(venue, generation + 1).PublicKeyPem));
                await WriteAsync(path, file);
                Assert.Equal(0, await NodeAsync(path));
                Assert.Equal(0, await NodeAsync(path, pem));
                Assert.Equal(1, await NodeAsync(path, other));
                for (var i = 7; i < file.Length; i += file.Length / 8)
                {
                    byte[] changed = [.. file];
                    changed[i] ^= 1;
                    await WriteAsync(path, changed);
                    Assert.Equal(1, await NodeAsync(path));
                }

                var code = VoucherCode.Of(file, new VoucherSigner(key.Key)).Text;
                await WriteAsync(path, Encoding.UTF8.GetBytes(code + "\n"));
                Assert.Equal(0, await NodeAsync(path, pem));
                Assert.Equal(1, await NodeAsync(path, other));
                await WriteAsync(path, Encoding.UTF8.GetBytes(code.Replace("86.dex", "86.dey", StringComparison.Ordinal)));
                Assert.Equal(1, await NodeAsync(path, pem));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task WriteAsync(string path, byte[] bytes) => File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

    private static async Task<int> NodeAsync(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "verify-voucher.mjs"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        // A crash is no refusal.
        Assert.Equal("", await errors);
        return node.ExitCode;
    }
}
