using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.MerkleLog;
using DataExchange.Trust.Logs;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx log</c>: the venues' logs, their heads and proofs.</summary>
internal static class LogCommand
{
    public static Command Create() => new("log", "The venues' tamper-evident logs: signed heads, and proofs that anyone can check (docs/log.md)")
    {
        Head(), Prove(), Consistency(), Check(),
    };

    private static Command Head()
    {
        var venue = Venue("Only this venue's log, e.g. --venue zjbdec [default: all]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command("head", "Print the latest signed head of each log, in the form that outside tools read\n\n  ./dx log head\n  ./dx log head --venue zjbdec > checkpoint")
        {
            venue, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var heads = await HeadsAsync(opened, parsed.GetValue(venue), cancellation).ConfigureAwait(false);
            var logs = new List<LogHeadOutput>();
            foreach (var head in heads)
            {
                logs.Add(await OutputAsync(opened, head, cancellation).ConfigureAwait(false));
            }

            Console.Write(parsed.GetValue(json)
                ? JsonSerializer.Serialize(
                    new LogHeadsOutput(heads.Sum(head => head.Checkpoint.Size), StoredLogs.RootOf(heads), logs), CommandJson.Readable.LogHeadsOutput) + "\n"
                : string.Join('\n', heads.Select(head => head.Note.ToString())));
            return 0;
        });
        return command;
    }

    private static Command Prove()
    {
        var leaf = new Argument<string>("LEAF") { Description = "A leaf's number, or a fact as STREAM@VERSION, e.g. 1200 or product/P000042@3" };
        var venue = Venue("Whose log a number belongs to [default: the log that keeps the common register]");
        var output = new Option<string?>("--out") { Description = "Write the proof into a file that './dx log check' and others can check without the store", HelpName = "FILE" };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command("prove", "Prove that a fact is a leaf of its venue's log\n\n  ./dx log prove product/P000042@3 --out proof.json\n  ./dx log prove 1200 --venue zjbdec --json")
        {
            leaf, venue, output, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var proof = await ProofOfAsync(opened, parsed.GetValue(leaf)!, parsed.GetValue(venue), cancellation).ConfigureAwait(false);
            if (parsed.GetValue(output) is { } path)
            {
                await using var file = OutputFile.Create(path);
                await file.Writer.WriteAsync(proof.ToJson().AsMemory(), cancellation).ConfigureAwait(false);
                await file.CompleteAsync(cancellation).ConfigureAwait(false);
            }

            if (parsed.GetValue(json))
            {
                Console.Write(proof.ToJson(isIndented: false));
                return 0;
            }

            Console.WriteLine($"日志 log     {proof.Origin}");
            Console.WriteLine($"叶 leaf      {proof.Leaf}");
            Console.WriteLine($"条目 entry   {proof.Entry.TrimEnd('\n').Replace("\n", "\n             ", StringComparison.Ordinal)}");
            Console.WriteLine($"摘要 digest  {proof.Digest}");
            Console.WriteLine($"路径 path    {string.Join("\n             ", proof.Path)}");
            Console.WriteLine();
            Console.Write(proof.Checkpoint);
            return 0;
        });
        return command;
    }

    private static Command Consistency()
    {
        var first = Size("M", "The smaller size of the log, in leaves");
        var second = Size("N", "The larger size, at most the size of the latest head");
        var venue = Venue("Whose log, e.g. --venue zjbdec [default: the one that keeps the common register]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command("consistency", "Prove that the log of N leaves begins with the log of M leaves: nothing was altered or taken out\n\n  ./dx log consistency 1000 5000 --venue hzdex")
        {
            first, second, venue, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var head = (await HeadsAsync(opened, parsed.GetValue(venue), cancellation).ConfigureAwait(false))[0];
            var (m, n) = (parsed.GetValue(first), parsed.GetValue(second));
            if (n > head.Checkpoint.Size || m > n)
            {
                throw new WrongInputException($"M '{m}' and N '{n}' are not allowed: 0 ≤ M ≤ N ≤ {head.Checkpoint.Size}, the leaves of log {head.Venue}");
            }

            var proofs = new StoredLogs(opened.Database).ProofsOf(head.Venue, head.Checkpoint.Size);
            var (from, to) = (await proofs.RootAtAsync(m, cancellation).ConfigureAwait(false), await proofs.RootAtAsync(n, cancellation).ConfigureAwait(false));
            var path = await proofs.ProveConsistencyAsync(m, n, cancellation).ConfigureAwait(false);
            var output = new LogConsistencyOutput(
                head.Venue, head.Checkpoint.Origin, m, from.ToString(), n, to.ToString(), [.. path.Select(hash => hash.ToString())],
                m == 0 || MerkleProof.VerifyConsistency(m, from, n, to, path));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Readable.LogConsistencyOutput));
            }
            else
            {
                Console.WriteLine($"日志 log     {output.Origin}");
                Console.WriteLine($"{output.M,-10}   {output.RootM}");
                Console.WriteLine($"{output.N,-10}   {output.RootN}");
                Console.WriteLine($"证明 proof   {string.Join("\n             ", output.Path)}");
                Console.WriteLine(output.Consistent ? "一致 consistent: the first is the beginning of the second" : "不一致 NOT consistent: the tiles do not fit each other; './dx verify' says where");
            }

            return output.Consistent ? 0 : 1;
        });
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "A proof that './dx log prove --out FILE' wrote" };
        var key = new Option<string?>("--key") { Description = "The log's public key as a PEM file; without it the proof's own key is taken, which shows that it is whole, not whose it is", HelpName = "PEM" };
        var command = new Command("check", "Check a proof without any store: only the file and the public key\n\n  ./dx log check proof.json --key venue.pem") { file, key };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            var trusted = await InputFile.PublicKeyAsync(parsed.GetValue(key), cancellation).ConfigureAwait(false);
            LogProof proof;
            try
            {
                proof = LogProof.Parse(Encoding.UTF8.GetString(await InputFile.ReadAsync(path, "FILE", cancellation).ConfigureAwait(false)));
            }
            catch (LogProofException wrong)
            {
                throw new WrongInputException($"FILE '{path}': {wrong.Message}");
            }

            var problem = proof.FindProblem(trusted);
            Console.WriteLine(problem is null
                ? $"成立 proved: leaf {proof.Leaf} of {proof.Origin}" + (trusted is null ? ", by the key in the file itself: compare it with the venue's (--key)" : "")
                : $"不成立 NOT proved: {problem}");
            return problem is null ? 0 : 1;
        });
        return command;
    }

    /// <summary>Proves a fact.</summary>
    /// <param name="opened">The store.</param>
    /// <param name="leaf">A leaf's number, or a fact as stream@version.</param>
    /// <param name="venue">Whose log.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">There is no such leaf, fact or log.</exception>
    internal static async Task<LogProof> ProofOfAsync(OpenedStore opened, string leaf, string? venue, CancellationToken cancellation)
    {
        var heads = await HeadsAsync(opened, venue, cancellation).ConfigureAwait(false);
        LoggedFact? fact;
        if (long.TryParse(leaf, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var log = heads[0];
            fact = number < log.Checkpoint.Size
                ? await LogLookup.FindAsync(opened.Database, log.Venue, number, null, 0, cancellation).ConfigureAwait(false)
                : null;
            fact = fact ?? throw new WrongInputException($"LEAF '{leaf}' is not in the log of {log.Venue}: leaves are 0 to {log.Checkpoint.Size - 1}");
        }
        else
        {
            var at = leaf.LastIndexOf('@');
            fact = at > 0 && long.TryParse(leaf.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? await LogLookup.FindAsync(opened.Database, null, null, leaf[..at], version, cancellation).ConfigureAwait(false)
                    ?? throw new WrongInputException($"LEAF '{leaf}': there is no version {version} of stream {leaf[..at]}; './dx show {leaf[..at]}' lists what there is")
                : throw new WrongInputException($"LEAF '{leaf}' is not allowed: a leaf's number such as 1200, or a fact such as product/P000042@3");
        }

        var logged = heads.FirstOrDefault(head => head.Venue == fact.Venue)
            ?? throw new WrongInputException($"LEAF '{leaf}' is in the log of {fact.Venue}, not of {venue}");
        return await LogProofs.OfAsync(opened.Database, fact, logged, cancellation).ConfigureAwait(false)
            ?? throw new WrongInputException($"LEAF '{leaf}' is leaf {fact.Leaf} of {fact.Venue}; the latest signed head covers {logged.Checkpoint.Size} (the run was interrupted)");
    }

    private static async Task<IReadOnlyList<StoredLogHead>> HeadsAsync(OpenedStore opened, string? venue, CancellationToken cancellation)
    {
        var heads = await new StoredLogs(opened.Database).LatestAsync(cancellation).ConfigureAwait(false);
        if (heads.Count == 0)
        {
            throw new CommandFailedException("The store has no log yet: its run was interrupted before the first was signed; './dx simulate' goes on.");
        }

        if (venue is null)
        {
            return heads;
        }

        return heads.FirstOrDefault(head => head.Venue == venue) is { } one
            ? [one]
            : throw new WrongInputException($"--venue '{venue}' has no log; the logs are of {string.Join(", ", heads.Select(head => head.Venue))}");
    }

    private static async Task<LogHeadOutput> OutputAsync(OpenedStore opened, StoredLogHead head, CancellationToken cancellation)
    {
        var key = await LogLookup.KeyAsync(opened.Database, head.Venue, LogProofs.KeyIds(head), cancellation).ConfigureAwait(false);
        return new LogHeadOutput(
            head.Venue, head.Checkpoint.Origin, head.Checkpoint.Size, head.Checkpoint.Root.ToString(), head.Note.ToString(), key?.KeyId, key?.PublicKey);
    }

    private static Option<string?> Venue(string description) => new("--venue") { Description = description, HelpName = "VENUE" };

    private static Argument<long> Size(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return size;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' is not allowed: a whole number of leaves from 0");
            return 0;
        },
    };
}
