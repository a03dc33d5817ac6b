using System.Diagnostics;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running;

/// <summary>Prints a page into a PDF file with a Chromium that is installed.</summary>
internal static class ChromiumPdf
{
    private const string Install = "Install one, on Debian with 'apt-get install -y chromium fonts-wqy-microhei', or write the page with --html and print it";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Prints it.</summary>
    /// <param name="html">The page; it loads nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The PDF.</returns>
    /// <exception cref="CommandFailedException">There is no Chromium, or it failed.</exception>
    public static async Task<byte[]> PrintAsync(string html, CancellationToken cancellation)
    {
        var program = Find() ?? throw new CommandFailedException($"--pdf needs Chromium, and none of {string.Join(", ", Names)} is on PATH. {Install}.");
        var folder = Directory.CreateTempSubdirectory("dx-pdf-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancellation).ConfigureAwait(false);
            var start = new ProcessStartInfo(program, Arguments(folder.FullName, page, pdf)) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            _ = process.StandardOutput.ReadToEndAsync(cancellation);
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(Longest);
            try
            {
                await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw new CommandFailedException($"--pdf: {program} did not end within {Longest.TotalSeconds:0} s; write the page with --html and print it.");
            }

            return File.Exists(pdf)
                ? await File.ReadAllBytesAsync(pdf, cancellation).ConfigureAwait(false)
                : throw new CommandFailedException($"--pdf: {program} made no PDF (exit code {process.ExitCode}): {LastLine(await errors.ConfigureAwait(false))}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<string> Arguments(string folder, string page, string pdf)
    {
        List<string> arguments =
        [
            "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
        ];
        if (Environment.IsPrivilegedProcess)
        {
            // Chromium refuses to be run by root otherwise. The page has no script and loads nothing.
            arguments.Insert(0, "--no-sandbox");
        }

        return arguments;
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("it said nothing");
}
