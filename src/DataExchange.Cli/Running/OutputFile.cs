using System.Text;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running;

/// <summary>A text file that appears when it is whole: until then it has another name, and what was there before stays.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private bool _isComplete;

    private OutputFile(string path, string partial, StreamWriter writer) => (_path, _partial, Writer) = (path, partial, writer);

    /// <summary>Writes UTF-8 with line feeds.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Begins one.</summary>
    /// <param name="path">Where it will be; folders are made.</param>
    /// <exception cref="WrongInputException">It cannot be written there.</exception>
    public static OutputFile Create(string path)
    {
        if (Directory.Exists(path))
        {
            throw new WrongInputException($"--out '{path}' is a folder; a file is needed");
        }

        var partial = path + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new OutputFile(path, partial, new StreamWriter(partial, false, new UTF8Encoding(false), 1 << 16));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"--out '{path}' cannot be written: {wrong.Message}");
        }
    }

    /// <summary>Gives it its name.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await Writer.FlushAsync(cancellation).ConfigureAwait(false);
        await Writer.DisposeAsync().ConfigureAwait(false);
        File.Move(_partial, _path, true);
        _isComplete = true;
    }

    /// <summary>Ends it; without <see cref="CompleteAsync"/> before, nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isComplete)
        {
            await Writer.DisposeAsync().ConfigureAwait(false);
            File.Delete(_partial);
        }
    }
}
