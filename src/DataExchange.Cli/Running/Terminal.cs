using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace DataExchange.Cli.Running;

/// <summary>What a command says while it works: on standard error, so that standard output stays for results; moving only on a terminal.</summary>
internal sealed class Terminal(bool isQuiet)
{
    private readonly IAnsiConsole _error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Whether a person is watching.</summary>
    public bool IsWatched { get; } = !isQuiet && !Console.IsErrorRedirected;

    /// <summary>Does a slow step and says how long it took; with a bar when a person is watching.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">Does it; told a function that takes progress from 0 to 1 and a short text.</param>
    public async Task<T> StepAsync<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        T result;
        if (IsWatched)
        {
            result = await _error.Progress().AutoClear(true).HideCompleted(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                    return await work((share, text) =>
                    {
                        bar.Value = share;
                        bar.Description = Markup.Escape($"{title} {text}");
                    }).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
        else
        {
            result = await work((_, _) => { }).ConfigureAwait(false);
        }

        if (!isQuiet)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title,-34} {Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.00} s"));
        }

        return result;
    }

    /// <summary>Says something that is not a result.</summary>
    public void Note(string text)
    {
        if (!isQuiet)
        {
            Console.Error.WriteLine(text);
        }
    }
}
