using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Replay;
using DataExchange.Cli.Running.Replay.Deals;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore;
using DataExchange.Exchange;

namespace DataExchange.Cli.Commands;

/// <summary>What is asked for.</summary>
internal sealed record ReplayCsvRequest(
    string File, string? Venue, IReadOnlyList<string> Columns, bool SkipsBadRows, bool IsTrial, bool Json, string Data, string? Postgres,
    int CommitSize = StoreSink.CommitSize);

/// <summary>What <c>dx replay --format csv --json</c> prints; amounts in fen.</summary>
/// <param name="List">SHA-256 of the file.</param>
/// <param name="IsDryRun">Whether nothing was stored.</param>
/// <param name="Rows">Rows besides the titles.</param>
/// <param name="Deals">Of these, deals that were taken.</param>
/// <param name="BadRows">Rows that were left out.</param>
/// <param name="AmountFen">Amount of the deals taken.</param>
/// <param name="Products">Their products.</param>
/// <param name="Parties">Providers and buyers.</param>
/// <param name="FirstAt">The first deal; null without one.</param>
/// <param name="LastAt">The last deal.</param>
/// <param name="EventsAdded">Events stored.</param>
/// <param name="Venues">Products, deals and amounts by venue.</param>
/// <param name="Channels">Channels that the list names; all deals became filed contracts.</param>
/// <param name="IgnoredColumns">Columns that were not used.</param>
/// <param name="Assumed">What the list does not tell and was assumed.</param>
/// <param name="Problems">What is wrong with rows that were left out; at most 100.</param>
internal sealed record ReplayCsvOutput(
    string List,
    bool IsDryRun,
    int Rows,
    int Deals,
    int BadRows,
    long AmountFen,
    int Products,
    int Parties,
    string? FirstAt,
    string? LastAt,
    long EventsAdded,
    IReadOnlyList<VenueTally> Venues,
    IReadOnlyDictionary<string, int> Channels,
    IReadOnlyList<string> IgnoredColumns,
    IReadOnlyList<string> Assumed,
    IReadOnlyList<RowProblem> Problems);

/// <summary>Makes a ledger of a list of deals.</summary>
internal static partial class ReplayCsvCommand
{
    private const int ProblemsShown = 100;
    private const int MostBytes = 256 << 20;

    private static readonly string[] Assumed =
    [
        "every deal is a filed contract (备案合同): agreed, paid and delivered off the venue, all steps at the time of its registration",
        "each product was registered 30 days before its first deal, certified 10 days before with all three rights, valued and priced at its first amount, and listed 8 days before at the venue",
        "certificates hold for 3 years, or to a year after the last deal; evidence complete, quality 60 of 100, no objection",
        "buyers were admitted a day before their first deal; fee and value-added tax are 0, as none is stated",
        "a date without a time is nine in the morning; texts that cannot be ids have ids made from them (LST…)",
    ];

    /// <summary>Makes it.</summary>
    public static async Task<int> RunAsync(ReplayCsvRequest request, CancellationToken cancellation)
    {
        var venue = request.Venue ?? ImportStore.DefaultVenue;
        if (!VenueName().IsMatch(venue))
        {
            throw new WrongInputException($"--venue '{venue}' is not allowed: small letters, digits and hyphens, at most 32, the first a letter");
        }

        var bytes = await InputFile.ReadAsync(request.File, "FILE", cancellation).ConfigureAwait(false);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var list = Read(request, venue, bytes);
        var terminal = new Terminal(request.Json);
        var (rows, problems) = await terminal.StepAsync("Try the deals", _ => TakenAsync(request, list, digest, cancellation)).ConfigureAwait(false);
        if (problems.Count > 0 && !request.SkipsBadRows)
        {
            await TellAsync(request.File, problems).ConfigureAwait(false);
            throw new WrongInputException($"FILE '{request.File}': {problems.Count} of {list.Records} rows are not allowed, so nothing was written; --skip-bad-rows leaves them out");
        }

        if (rows.Count == 0)
        {
            await TellAsync(request.File, problems).ConfigureAwait(false);
            throw new WrongInputException($"FILE '{request.File}' has no row that can be used of {list.Records}: at least one deal is needed");
        }

        var added = request.IsTrial ? 0 : await WriteAsync(request, rows, digest, terminal, cancellation).ConfigureAwait(false);
        var output = Output(request, list, rows, problems, digest, added);
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, ReplayJson.Readable.ReplayCsvOutput));
        }
        else
        {
            await TellAsync(request.File, problems).ConfigureAwait(false);
            Print(output, request);
        }

        return 0;
    }

    private static DealList Read(ReplayCsvRequest request, string venue, byte[] bytes)
    {
        try
        {
            if (bytes.Length > MostBytes)
            {
                throw new WrongInputException($"{bytes.Length} bytes are not allowed: at most {MostBytes}");
            }

            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return new DealListReader(venue, [.. CatalogueWords.Load().Categories.Keys]).Read(text, request.Columns);
        }
        catch (DecoderFallbackException)
        {
            throw new WrongInputException($"FILE '{request.File}' is not allowed: it is no UTF-8 text");
        }
        catch (WrongInputException wrong)
        {
            throw new WrongInputException($"FILE '{request.File}': {wrong.Message}");
        }
    }

    // What the exchange refuses is left out with the other bad rows; what is left is tried again, as a row may have stood on another.
    private static async Task<(IReadOnlyList<DealRow> Rows, IReadOnlyList<RowProblem> Problems)> TakenAsync(
        ReplayCsvRequest request, DealList list, string digest, CancellationToken cancellation)
    {
        var (rows, problems) = (list.Rows, list.Problems.ToList());
        while (rows.Count > 0 && await DealListReplay.TryAsync(rows, digest, cancellation).ConfigureAwait(false) is { Count: > 0 } refused)
        {
            problems.AddRange(refused);
            var bad = refused.Select(problem => problem.Row).ToHashSet();
            rows = [.. rows.Where(row => !bad.Contains(row.Row))];
            if (!request.SkipsBadRows)
            {
                break;
            }
        }

        return (rows, [.. problems.OrderBy(problem => problem.Row)]);
    }

    private static async Task<long> WriteAsync(ReplayCsvRequest request, IReadOnlyList<DealRow> rows, string digest, Terminal terminal, CancellationToken cancellation)
    {
        await using var opened = (await OpenedStore.OpenOrCreateAsync(request.Data, request.Postgres, true, false, cancellation).ConfigureAwait(false))!;
        if (!opened.Identity.IsExtending)
        {
            await EnsureNewAsync(opened, request.Data, request.Postgres, cancellation).ConfigureAwait(false);
        }

        RecordedEvent? last = null;
        string? list = null;
        await using var exchange = await StoredExchange.OpenAsync(opened, null, false, Observe, request.CommitSize, cancellation).ConfigureAwait(false);
        var commands = new DealListPlan(rows, digest).Commands();
        int? from = last is not { } stored ? 0
            : list == digest ? await DealListReplay.CutAsync(commands, exchange.EventsBefore, stored, cancellation).ConfigureAwait(false)
            : null;
        if (from is null)
        {
            await EnsureNewAsync(opened, request.Data, request.Postgres, cancellation).ConfigureAwait(false);
        }

        await terminal.StepAsync("Write the store", async progress =>
        {
            await DealListReplay.WriteAsync(commands, from!.Value, exchange, share => progress(share, ""), cancellation).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return exchange.EventsAdded;

        void Observe(RecordedEvent fact) => (last, list) = (fact, list ?? (fact.Data as ProductImported)?.Catalogue);
    }

    /// <summary>Refuses a store that has events.</summary>
    /// <param name="opened">The store.</param>
    /// <param name="data">Its data folder.</param>
    /// <param name="postgres">The server in place of that; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static async Task EnsureNewAsync(OpenedStore opened, string data, string? postgres, CancellationToken cancellation)
    {
        await using var command = opened.Database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        if ((long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))! is > 0 and var events)
        {
            throw new WrongInputException($"{(postgres is null ? $"--data '{data}'" : "--postgres")} holds a store with {events} events: a new one is needed, such as --data deals");
        }
    }

    private static async Task TellAsync(string file, IReadOnlyList<RowProblem> problems)
    {
        foreach (var problem in problems.Take(ProblemsShown))
        {
            await Console.Error.WriteLineAsync($"dx: '{file}', {problem}").ConfigureAwait(false);
        }

        if (problems.Count > ProblemsShown)
        {
            await Console.Error.WriteLineAsync($"dx: … and {problems.Count - ProblemsShown} more").ConfigureAwait(false);
        }
    }

    private static ReplayCsvOutput Output(
        ReplayCsvRequest request, DealList list, IReadOnlyList<DealRow> rows, IReadOnlyList<RowProblem> problems, string digest, long added) => new(
        digest, request.IsTrial, list.Records, rows.Count, list.Records - rows.Count, rows.Sum(row => row.AmountFen), rows.Select(row => row.Product).Distinct().Count(),
        rows.SelectMany(row => (PartyId[])[row.Provider, row.Buyer]).Distinct().Count(), rows.Min(row => row.At).ToString(), rows.Max(row => row.At).ToString(), added,
        [
            .. rows.GroupBy(row => row.Venue.Value).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new VenueTally(group.Key, group.Select(row => row.Product).Distinct().Count(), group.Count(), group.Sum(row => row.AmountFen))),
        ],
        rows.Where(row => row.Channel is not null).GroupBy(row => row.Channel!.Value).OrderBy(group => group.Key).ToDictionary(group => group.Key.ToString(), group => group.Count()),
        list.Ignored, Assumed, [.. problems.Take(ProblemsShown)]);

    private static void Print(ReplayCsvOutput output, ReplayCsvRequest request)
    {
        Console.WriteLine(
            $"交易清单 deal list: {CommandText.Number(output.Rows)} 行 rows, 采用 taken {CommandText.Number(output.Deals)}, 略过 left out {CommandText.Number(output.BadRows)}; "
            + $"{CommandText.Number(output.Products)} 产品 products, {CommandText.Number(output.Parties)} 主体 parties, {output.FirstAt?[..10]} – {output.LastAt?[..10]}");
        var table = new TextTable(new("场所 venue"), new("备案合同 filed deals", true), new("金额 amount, yuan", true));
        foreach (var venue in output.Venues)
        {
            table.Add(venue.Venue, CommandText.Number(venue.Deals), new Money(venue.AmountFen).ToString());
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        if (output.Channels.Count > 0)
        {
            Console.WriteLine($"渠道 channels in the list: {string.Join(", ", output.Channels.Select(pair => $"{pair.Key} {CommandText.Number(pair.Value)}"))}; 均按备案合同登记 all became filed contracts");
        }

        if (output.IgnoredColumns.Count > 0)
        {
            Console.WriteLine($"未用列 columns not used: {string.Join(", ", output.IgnoredColumns)}");
        }

        Console.WriteLine("假定 assumed, as the list does not tell it:");
        foreach (var assumption in output.Assumed)
        {
            Console.WriteLine("  - " + assumption);
        }

        Console.WriteLine(output.IsDryRun
            ? "试运行，未写入 dry run: nothing was stored"
            : $"{CommandText.Number(output.EventsAdded)} 事件 events stored in {(request.Postgres is null ? request.Data : "the database")}; next: ./dx verify, ./dx stats, ./dx show deal/ID with --data {request.Data}");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex VenueName();
}
