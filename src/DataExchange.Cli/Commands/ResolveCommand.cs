using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Handles;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx resolve</c>: what a handle names, what has become of it, where it leads and what it rests on.</summary>
internal static class ResolveCommand
{
    private const int Width = 20;

    public static Command Create()
    {
        var handle = new Argument<string>("HANDLE")
        {
            Description = "A handle of this market, e.g. 86.dex/product.P000042, 86.dex/cert.P000042.1, 86.dex/version.P000042.1, 86.dex/deal.C000001, "
                + "86.dex/invoice.C000001, 86.dex/party.firm-0001; also with hdl: before it, or percent-encoded",
        };
        var proof = new Option<bool>("--proof")
        {
            Description = "Also give the whole proof of each fact, e.g. ./dx resolve 86.dex/cert.P000042.1 --proof; it looks for the leaf among all facts, which takes seconds in a large store",
        };
        var at = CommonOptions.At("Resolve it as it was, e.g. --at 2024-06-30 [default: now, the time of the last stored event]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "resolve",
            "Resolve a handle to its record: metadata, state, links, proof (docs/handles.md)\n\n"
            + "  ./dx resolve 86.dex/product.P000042\n  ./dx resolve 86.dex/cert.P000042.1 --proof --json\n  ./dx resolve 86.dex/deal.C000001 --at 2024-06-30")
        {
            handle, proof, at, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            // Before a server is started for it.
            StoredHandles.Parse(parsed.GetValue(handle)!);
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), true, cancellation).ConfigureAwait(false);
            var clock = Stopwatch.StartNew();
            var handles = new StoredHandles(opened);
            var record = await handles.ResolveAsync(parsed.GetValue(handle)!, parsed.GetValue(at), cancellation).ConfigureAwait(false);
            if (parsed.GetValue(proof))
            {
                record = await handles.ProveAsync(record, cancellation).ConfigureAwait(false);
            }

            if (parsed.GetValue(json))
            {
                Console.WriteLine(HandleWriter.Write(record));
                return 0;
            }

            Print(record);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"解析用时 resolved in {clock.Elapsed.TotalMilliseconds:0} ms"));
            return 0;
        });
        return command;
    }

    private static void Print(HandleRecord record)
    {
        var state = record.State;
        Console.WriteLine(record.Name.Handle.Value);
        Line("状态 state", $"{state.Zh} {state.En}, {EventFields.Show(state.Since)}{(state.IsEnded ? "（已终结 ended）" : "")}{Fields(state.Details)}");
        foreach (var (field, value) in record.Metadata.Fields)
        {
            Line(field, Shown(field, value));
        }

        foreach (var relation in record.Links.GroupBy(link => link.Relation))
        {
            foreach (var link in relation)
            {
                Line($"→ {link.Relation}", link.Target is { } target ? $"{target}{Fields(link.Details)}" : string.Create(CultureInfo.InvariantCulture, $"{link.Count:N0}"));
            }
        }

        foreach (var proof in record.Proofs)
        {
            Line($"证明 proof", $"{(proof.Of == "record" ? "存在 record" : "状态 state")}: {proof.Fact} [{proof.Event}], log {proof.Log ?? "–"}"
                + (proof.Leaf is { } leaf ? $", leaf {leaf["leaf"]}, {(leaf["path"] as JsonArray)?.Count} hashes; the whole proof: --json" : ""));
        }
    }

    private static string Fields(JsonObject? fields) =>
        fields is null ? "" : $" ({string.Join(", ", fields.Select(field => $"{field.Key} {Shown(field.Key, field.Value)}"))})";

    private static string Shown(string field, JsonNode? value) =>
        value is null ? "–"
        : field.EndsWith("Fen", StringComparison.Ordinal) ? $"{new Money(value.GetValue<long>())} yuan"
        : value is JsonArray list ? string.Join(", ", list)
        : value.ToString();

    private static void Line(string title, string text) => Console.WriteLine($"  {title}{new string(' ', Math.Max(1, Width - TextTable.CellsOf(title)))}{text}");
}
