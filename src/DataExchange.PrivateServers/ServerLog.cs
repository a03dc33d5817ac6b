namespace DataExchange.PrivateServers;

/// <summary>Reads what the server wrote since it was started.</summary>
internal sealed class ServerLog(string file, long from)
{
    private const long LargestKept = 4 << 20;

    /// <summary>Opens the log for a new start; an old log that has grown large begins anew.</summary>
    public static ServerLog Begin(string file)
    {
        var length = File.Exists(file) ? new FileInfo(file).Length : 0;
        if (length > LargestKept)
        {
            File.Delete(file);
            length = 0;
        }

        return new ServerLog(file, length);
    }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Tail(int lines = 8)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Min(from, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
    }

    public bool Says(string text) => Tail(200).Any(line => line.Contains(text, StringComparison.Ordinal));

    public bool SaysDiskFull => Says("No space left on device") || Says("Disk quota exceeded");

    /// <summary>What the server gave as its reason to end: the text of the last FATAL or PANIC line, or of the last line at all.</summary>
    public string Reason
    {
        get
        {
            var lines = Tail(200);
            var line = lines.LastOrDefault(text => text.Contains("FATAL:") || text.Contains("PANIC:")) ?? (lines.Count > 0 ? lines[^1] : null);
            if (line is null)
            {
                return "its log says nothing";
            }

            var colon = line.IndexOf(":  ", StringComparison.Ordinal);
            return colon < 0 ? line : line[(colon + 3)..];
        }
    }
}
