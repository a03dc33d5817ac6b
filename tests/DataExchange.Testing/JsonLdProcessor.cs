using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DataExchange.Testing;

/// <summary>
/// Turns JSON-LD into triples with the public processor <c>jsonld</c> under Node, which has never heard of this program: what it drops or cannot
/// read is no JSON-LD. It fetches nothing: a context that does not stand in the document is an error.
/// </summary>
/// <remarks>
/// The package and its lock file are in <c>tests/DataExchange.Testing/jsonld</c>; the first use in a build's output installs it there with
/// <c>npm ci</c>. A test project that uses it says <c>&lt;NeedsDebian&gt;nodejs:node npm:npm&lt;/NeedsDebian&gt;</c>.
/// </remarks>
public static class JsonLdProcessor
{
    private const string Needed = "These tests need Node 18 or later with npm: run 'apt-get install -y nodejs npm' as root.";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "jsonld");
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>The triples of one document.</summary>
    /// <param name="document">JSON-LD.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Lines of canonical N-Quads (RDFC-1.0), sorted, without line ends.</returns>
    /// <exception cref="JsonLdException">It is no JSON-LD, or a part of it means nothing; or Node or npm is missing.</exception>
    public static async Task<IReadOnlyList<string>> ToNQuadsAsync(string document, CancellationToken ct = default) =>
        (await ToNQuadsAsync([document], ct))[0];

    /// <summary>The triples of each of several documents, by one run of Node.</summary>
    /// <param name="documents">JSON-LD.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Of each document the lines of canonical N-Quads (RDFC-1.0), sorted, without line ends.</returns>
    /// <exception cref="JsonLdException">One is no JSON-LD, or a part of it means nothing; or Node or npm is missing.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ToNQuadsAsync(IReadOnlyList<string> documents, CancellationToken ct = default)
    {
        await InstallAsync(ct);
        var output = await RunAsync("node", ["to-nquads.mjs"], $"[{string.Join(',', documents)}]", ct);
        return [.. JsonSerializer.Deserialize<string[]>(output)!.Select(quads => quads.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>A document in two other forms that mean the same: expanded, and compacted with other prefixes, aliases and language maps.</summary>
    /// <param name="document">JSON-LD.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="JsonLdException">It is no JSON-LD, or a part of it means nothing; or Node or npm is missing.</exception>
    public static async Task<IReadOnlyList<string>> ReshapeAsync(string document, CancellationToken ct = default)
    {
        await InstallAsync(ct);
        return JsonSerializer.Deserialize<string[]>(await RunAsync("node", ["reshape.mjs"], document, ct))!;
    }

    private static async Task InstallAsync(CancellationToken ct)
    {
        await Installing.WaitAsync(ct);
        try
        {
            // npm writes this file last. It is older than the lock file's copy when that changed.
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            {
                await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "", ct);
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new JsonLdException($"'{program}' cannot be started ({missing.Message}). {Needed}");
        }

        using (process)
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it read everything; its errors say why.
            }

            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0
                ? await output
                : throw new JsonLdException($"'{program} {string.Join(' ', arguments)}' in {Folder} failed: {(await errors).Trim()} {(program == "npm" ? Needed : "")}".Trim());
        }
    }
}

/// <summary>A document is no JSON-LD, or the processor cannot be run; the message says which.</summary>
public sealed class JsonLdException(string message) : Exception(message);
