using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Replay;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.EventStore;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary>What is asked for.</summary>
internal sealed record ReplayStoreRequest(string Data, string? Postgres, ReplayRange Range, bool Events, bool Days, bool Json);

/// <summary>Replays a store.</summary>
internal static class ReplayStoreCommand
{
    /// <summary>Replays it and says what came of it.</summary>
    public static async Task<int> RunAsync(ReplayStoreRequest request, CancellationToken cancellation)
    {
        var range = request.Range;
        if (range.From > range.To)
        {
            throw new WrongInputException($"--from '{range.From}' is not allowed: not after --to, {range.To}");
        }

        await using var opened = await OpenedStore.OpenAsync(request.Data, request.Postgres, false, cancellation).ConfigureAwait(false);
        var stored = await CountAsync(opened.Database, cancellation).ConfigureAwait(false);
        var tellsDays = request.Days || (range.Speed is not null && !request.Events);
        Action<double, string>? told = null;
        var replay = new StoreReplay(opened.Database)
        {
            OnEvent = request.Events ? one => EventsCommand.Print(one, request.Json, withStream: true) : null,
            OnDay = tellsDays ? (day, tally) => PrintDay(day, tally, request.Json) : null,
            OnProgress = events => told?.Invoke((double)events / Math.Max(1, stored), ""),
        };
        ReplayedMarket result;
        try
        {
            // Lines and a bar in one terminal would disturb each other.
            result = request.Events || tellsDays
                ? await replay.RunAsync(range, cancellation).ConfigureAwait(false)
                : await new Terminal(request.Json).StepAsync("Replay", progress =>
                {
                    told = progress;
                    return replay.RunAsync(range, cancellation);
                }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (replay.At is { } at)
        {
            await Console.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"dx: the replay was at event {CommandText.Number(replay.Events)} of {CommandText.Number(stored)}, {at}.").ConfigureAwait(false);
            throw;
        }

        var output = Output(opened.Identity, range, result, stored);
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, ReplayJson.Readable.ReplayOutput));
        }
        else
        {
            ReplayPrint.Print(output, hasLines: request.Events || tellsDays);
        }

        return output.Balanced ? 0 : 1;
    }

    private static ReplayOutput Output(EventStore.Schema.StoreIdentity run, ReplayRange range, ReplayedMarket replayed, long stored)
    {
        var picture = replayed.Picture;
        return new ReplayOutput(
            new RunOutput(run.ScenarioName, run.ScenarioHash, run.Seed, run.Scale, run.CreatedWith, run.FormatVersion, run.IsCompleted, run.RunEvents),
            range.From?.ToString(), range.To?.ToString(), replayed.FirstAt?.ToString(), replayed.At?.ToString(), replayed.IsEnd, replayed.Events, stored, replayed.Digest,
            picture.Products, picture.Venues, picture.OnShelf, picture.Deals.Where(row => IsOpen(row.Stage)).Sum(row => row.Deals),
            [.. picture.Deals.Select(row => new StagedDealsOutput(row.Venue, row.Stage.ToString(), IsOpen(row.Stage), row.Deals))], picture.Refusals,
            picture.Totals.IsBalanced, picture.Totals.TrialBalanceFen, picture.Money, picture.Books, new ReplayTallyOutput(replayed.Since.Events, replayed.Since.Venues));
    }

    private static bool IsOpen(DealStage stage) => stage is not (DealStage.Completed or DealStage.Terminated or DealStage.Refunded or DealStage.ChargedBack);

    private static void PrintDay(DateOnly day, ReplayTally tally, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ReplayDayOutput(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), tally.Events, tally.Venues), ReplayJson.Readable.ReplayDayOutput));
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{day:yyyy-MM-dd}  事件 events {tally.Events,8:N0}  上架 listed {tally.Listed,5:N0}  交易 deals {tally.Deals,6:N0}  金额 amount {new Money(tally.AmountFen),20} yuan"));
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }
}
