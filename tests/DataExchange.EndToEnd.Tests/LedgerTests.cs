using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The books of a whole simulated market, as <c>dx</c> prints and exports them, and as Debian's hledger, ledger and beancount read them.</summary>
public sealed class LedgerTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    private static readonly string[] Roots = ["Assets", "Liabilities", "Equity", "Income", "Expenses"];

    [Fact]
    public async Task A_run_and_its_books_agree()
    {
        var run = market.Json;
        var balance = (await DxAsync("trial-balance", "--json")).Json();
        Assert.True(balance.GetProperty("balanced").GetBoolean());
        Assert.Equal(0, balance.GetProperty("trialBalanceFen").GetInt64());
        Assert.Equal(0, run.GetProperty("trialBalanceFen").GetInt64());
        Assert.Equal(["balanced", "trialBalanceFen", "accounts", "transfers", "at"], balance.EnumerateObject().Select(field => field.Name));
        Assert.EndsWith("+08:00\"}", (await DxAsync("trial-balance", "--json")).Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(run.GetProperty("ledgerAccounts").GetInt32(), balance.GetProperty("accounts").GetInt32());
        Assert.Equal(run.GetProperty("ledgerTransfers").GetInt32(), balance.GetProperty("transfers").GetInt32());
        Assert.InRange(run.GetProperty("invoices").GetInt64(), 1, run.GetProperty("transactionsRegistered").GetInt64());
        var text = (await DxAsync("trial-balance")).Output;
        Assert.Contains("Balanced: debits less credits 0 fen", text, StringComparison.Ordinal);

        var early = (await DxAsync("trial-balance", "--at", "2024-06-30", "--json")).Json();
        Assert.True(early.GetProperty("balanced").GetBoolean());
        Assert.InRange(early.GetProperty("transfers").GetInt32(), 1, balance.GetProperty("transfers").GetInt32() - 1);
        Assert.Equal(0, (await DxAsync("trial-balance", "--at", "2001-01-01", "--json")).Json().GetProperty("transfers").GetInt32());
    }

    [Fact]
    public async Task An_account_is_its_entries()
    {
        var escrow = (await DxAsync("account", "liabilities:escrow", "--limit", "0", "--json")).Json();
        long Sum(string side) => escrow.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty(side).GetString() == "liabilities:escrow" && entry.GetProperty("kind").GetString() is "Direct" or "Post")
            .Where(entry => entry.GetProperty(side).GetString() == "liabilities:escrow")
            .Sum(entry => entry.GetProperty("amount").GetInt64());
        Assert.Equal(escrow.GetProperty("debitsPosted").GetInt64(), Sum("debit"));
        Assert.Equal(escrow.GetProperty("creditsPosted").GetInt64(), Sum("credit"));
        Assert.Equal(5, (await DxAsync("account", "liabilities:escrow", "--limit", "5", "--json")).Json().GetProperty("entries").GetArrayLength());
        Assert.Contains("liabilities:vat", (await DxAsync("account", "liabilities:vat")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hledger_accepts_the_whole_market_and_comes_to_the_same_totals()
    {
        await using var folder = new TemporaryFolder();
        var file = await ExportAsync(folder, "hledger");
        await ToolAsync("hledger", "check", "--strict", "ordereddates", "-f", file);
        var csv = await ToolAsync("hledger", "balance", "-f", file, "--flat", "--no-total", "--empty", "-O", "csv");
        AssertTotals(
            await AccountsAsync(),
            csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split("\",\""))
                .Select(cells => (cells[0].Trim('"'), AmountOf(cells[1].TrimEnd('"', '\r').Replace("\"\"", "\"", StringComparison.Ordinal)))));
        await RefusesAsync(file, "hledger", "check", "-f");
    }

    [Fact]
    public async Task Ledger_accepts_the_whole_market_and_comes_to_the_same_totals()
    {
        await using var folder = new TemporaryFolder();
        var file = await ExportAsync(folder, "ledger");
        var lines = await ToolAsync("ledger", "-f", file, "--pedantic", "balance", "--flat", "--no-total", "--empty", "--balance-format", "%(account)\t%(quantity(scrub(display_total)))\t%(commodity(scrub(display_total)))\n");
        AssertTotals(
            await AccountsAsync(),
            lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(cells => (cells[0], AmountOf($"{cells[1]} {cells[2]}"))));
        await RefusesAsync(file, "ledger", "--pedantic", "balance", "-f");
    }

    [Fact]
    public async Task Beancount_accepts_the_whole_market_and_comes_to_the_same_totals()
    {
        await using var folder = new TemporaryFolder();
        var file = await ExportAsync(folder, "beancount");
        Assert.Equal("", await ToolAsync("bean-check", file));
        var names = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
            .Select((line, number) => (line, number)).Where(row => row.line.Contains(" open ", StringComparison.Ordinal)).ToArray();
        Assert.All(names, row => Assert.Contains(row.line.Split(' ')[2].Split(':')[0], Roots));
        var own = new Dictionary<string, string>();
        var all = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        foreach (var (line, number) in names)
        {
            own.Add(line.Split(' ')[2], all[number + 1].Split('"')[1]);
        }

        var table = await ToolAsync("bean-query", "-f", "csv", "-q", file, "SELECT account, sum(position) AS balance GROUP BY account");
        AssertTotals(
            await AccountsAsync(),
            table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
                .Select(cells => (own[cells[0].Trim()], cells[1].Trim() is { Length: > 0 } amount ? AmountOf(amount) : 0m)));
        await RefusesAsync(file, "bean-check");
    }

    [Fact]
    public async Task Csv_has_every_transfer()
    {
        await using var folder = new TemporaryFolder();
        var rows = await File.ReadAllLinesAsync(await ExportAsync(folder, "csv"), TestContext.Current.CancellationToken);
        Assert.Equal("number,time,event,deal,kind,code,debit,credit,commodity,amount,hold,hold_state", rows[0]);
        Assert.Equal(market.Json.GetProperty("ledgerTransfers").GetInt32(), rows.Length - 1);
        Assert.All(rows, row => Assert.Equal(12, row.Split(',').Length));
        Assert.Equal(rows, (await DxProgram.RunAsync("export", "ledger", "--format", "csv", "--data", market.Data)).WithExitCode(0).Output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("NAME 'liabilities:escro' is no account; the nearest are liabilities:escrow", "ledger", "account", "liabilities:escro")]
    [InlineData("--at 'yesterday' is not allowed", "ledger", "trial-balance", "--at", "yesterday")]
    [InlineData("--at '2024-02-30' is not allowed", "ledger", "account", "liabilities:escrow", "--at", "2024-02-30")]
    [InlineData("Required argument 'NAME' missing", "ledger", "account")]
    [InlineData("--out '/proc/none/market.journal' cannot be written", "export", "ledger", "--out", "/proc/none/market.journal")]
    [InlineData("--format 'xlsx' is not allowed: one of hledger, ledger, beancount, csv", "export", "ledger", "--format", "xlsx")]
    [InlineData("--out '/' is a folder; a file is needed", "export", "ledger", "--out", "/")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync([.. arguments, "--data", market.Data]), 2, told);

    private async Task<DxResult> DxAsync(params string[] arguments) =>
        (await DxProgram.RunAsync(["ledger", .. arguments, "--data", market.Data])).WithExitCode(0);

    private async Task<string> ExportAsync(TemporaryFolder folder, string format)
    {
        var file = folder.In("market." + format);
        (await DxProgram.RunAsync("export", "ledger", "--format", format, "--out", file, "--data", market.Data)).WithExitCode(0);
        return file;
    }

    // Balances of our own, in yuan or units, those that are not 0.
    private async Task<Dictionary<string, decimal>> AccountsAsync()
    {
        var lines = (await DxAsync("accounts", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToDictionary(
            row => row.GetProperty("account").GetString()!,
            row => row.GetProperty("balance").GetInt64() / (row.GetProperty("unit").GetString() == "CNY_FEN" ? 100m : 1m));
    }

    private static void AssertTotals(Dictionary<string, decimal> expected, IEnumerable<(string Account, decimal Balance)> found)
    {
        var totals = found.GroupBy(row => row.Account).ToDictionary(group => group.Key, group => group.Sum(row => row.Balance));
        Assert.True(expected.Values.Count(balance => balance != 0) > 100);
        foreach (var (account, balance) in expected)
        {
            Assert.True(totals.GetValueOrDefault(account) == balance, $"{account}: {totals.GetValueOrDefault(account)}, not {balance}");
        }

        Assert.All(totals.Keys, account => Assert.True(expected.ContainsKey(account) || totals[account] == 0, account));
    }

    private static decimal AmountOf(string text) => decimal.Parse(text.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);

    // One amount altered by a fen, and its counterpart: the entry balances, the totals do not, and the file itself says what they must be.
    private static async Task RefusesAsync(string file, string tool, params string[] arguments)
    {
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var bank = Array.FindIndex(lines, line => line.Contains("ssets:", StringComparison.Ordinal) && line.EndsWith(" CNY", StringComparison.Ordinal) && line.StartsWith(' '));
        foreach (var number in new[] { bank, bank + 1 })
        {
            lines[number] = lines[number].Replace(".00 CNY", ".01 CNY", StringComparison.Ordinal);
        }

        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        Assert.NotEqual(0, (await StartAsync(tool, [.. arguments, file])).Code);
    }

    private static async Task<string> ToolAsync(string tool, params string[] arguments)
    {
        var (code, output, error) = await StartAsync(tool, arguments);
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)}: {error}{output}");
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(string tool, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
