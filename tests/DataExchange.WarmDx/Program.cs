// The dx program, run again and again in one process: what the runtime compiles at each start costs more than most commands do. A line of
// standard input is the arguments of one run as a JSON array; the run's own standard output and error go to the two files named on the
// command line, as if a shell had redirected them, and the answer is its exit code as a line.
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;
using DataExchange.WarmDx;
using Spectre.Console;

using var answers = new StreamWriter(Descriptors.Copy(Descriptors.Output), new UTF8Encoding(false)) { AutoFlush = true };
using var requests = new StreamReader(Descriptors.Copy(Descriptors.Input), Encoding.UTF8);
Descriptors.Redirect(Descriptors.Input, "/dev/null");
while (await requests.ReadLineAsync().ConfigureAwait(false) is { } line)
{
    Descriptors.Redirect(Descriptors.Output, args[0]);
    Descriptors.Redirect(Descriptors.Error, args[1]);
    var code = await RunAsync(JsonSerializer.Deserialize<string[]>(line)!).ConfigureAwait(false);
    await answers.WriteLineAsync(code.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
}

static async Task<int> RunAsync(string[] arguments)
{
    Console.SetError(new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true });
    StandardOutput.Prepare();
    var width = AnsiConsole.Profile.Width;
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
    AnsiConsole.Profile.Width = width;
    try
    {
        return await CommandFailures.RunAsync(CommandTree.Parse(arguments)).ConfigureAwait(false);
    }
#pragma warning disable CA1031 // What would end a process of its own ends one run here, with the code that a crash has.
    catch (Exception crash)
#pragma warning restore CA1031
    {
        await Console.Error.WriteLineAsync("Unhandled exception. " + crash).ConfigureAwait(false);
        return 134;
    }
}
