using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running.Fits;

/// <summary>A run of a fit.</summary>
/// <param name="Scenario">SHA-256 of its scenario's text.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Figures">Its figures, those of <see cref="BenchmarkFigures.Names"/>; null without a value. None when it failed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record FitRun(string Scenario, ulong Seed, IReadOnlyDictionary<string, double?> Figures, string? Error);

/// <summary>The first line of the file: what its runs are of.</summary>
/// <param name="Format">Of the file, 1.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Scale">The size of all runs.</param>
internal sealed record FitRunsHeader(int Format, string Program, double Scale);

/// <summary>Finished runs, a line each: a fit that was stopped asks for the same runs again and finds them here.</summary>
internal sealed class FitRuns : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "runs.ndjson";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string, ulong), FitRun> _known = [];
    private readonly FileStream _file;

    private FitRuns(FileStream file) => _file = file;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>Opens the file of a folder.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="scale">The size of the runs.</param>
    /// <param name="resume">Whether it may have runs.</param>
    /// <exception cref="WrongInputException">It has runs and may not, or of another program or scale, or cannot be used.</exception>
    public static FitRuns Open(string folder, double scale, bool resume)
    {
        var path = Path.Combine(folder, FileName);
        var header = new FitRunsHeader(1, SimulationSession.ProgramVersion, scale);
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : "";
            // A line that a kill cut off has no end: it is written anew.
            var whole = text[..(text.LastIndexOf('\n') + 1)];
            var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length > 1 && !resume)
            {
                throw new WrongInputException($"--out '{folder}' has {lines.Length - 1} runs of a calibration: give --resume to go on with them, or another folder");
            }

            if (lines.Length > 0 && JsonSerializer.Deserialize(lines[0], FitJson.Default.FitRunsHeader) is var found && found != header)
            {
                throw new WrongInputException($"--out '{folder}' has runs of {found}, asked for is {header}: give another folder");
            }

            var runs = new FitRuns(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            foreach (var run in lines.Skip(1).Select(line => JsonSerializer.Deserialize(line, FitJson.Default.FitRun)!))
            {
                runs._known[(run.Scenario, run.Seed)] = run;
            }

            runs._file.SetLength(Encoding.UTF8.GetByteCount(whole));
            runs._file.Position = runs._file.Length;
            if (lines.Length == 0)
            {
                runs.Write(JsonSerializer.Serialize(header, FitJson.Default.FitRunsHeader));
            }

            return runs;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new WrongInputException($"--out '{folder}': {FileName} cannot be used: {wrong.Message}");
        }
    }

    /// <summary>The run of a scenario and seed; null when there is none yet.</summary>
    public FitRun? Find(string scenario, ulong seed)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault((scenario, seed));
        }
    }

    /// <summary>Keeps a run.</summary>
    public void Add(FitRun run)
    {
        lock (_lock)
        {
            if (_known.TryAdd((run.Scenario, run.Seed), run))
            {
                Write(JsonSerializer.Serialize(run, FitJson.Default.FitRun));
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush(flushToDisk: true);
    }
}

/// <summary>How runs and results of fits are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FitRunsHeader))]
[JsonSerializable(typeof(FitRun))]
[JsonSerializable(typeof(FitOutput))]
[JsonSerializable(typeof(FitManifest))]
internal sealed partial class FitJson : JsonSerializerContext
{
    /// <summary>Indented, with Chinese left as it is.</summary>
    public static FitJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });
}
