using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Services.Telemetry;

namespace DataExchange.Cli.Running;

/// <summary>How the log of a process of services is written.</summary>
internal enum LogFormat
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,
}

/// <summary>The log of a process of services, on standard error.</summary>
/// <param name="format">How it is written.</param>
/// <param name="services">What the process runs.</param>
/// <param name="to">Where to.</param>
internal sealed class ServiceLog(LogFormat format, string services, TextWriter to)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    /// <summary>Writes a line.</summary>
    public void Write(LogLine line)
    {
        var text = format == LogFormat.Json ? Json(line) : line.ToString();
        lock (_gate)
        {
            to.WriteLine(text);
        }
    }

    /// <summary>Writes what belongs to no partition and is as it should be.</summary>
    /// <param name="what">What happened, for machines.</param>
    /// <param name="text">What happened, for people.</param>
    public void Info(string what, string text) => Write(new LogLine(LogGrade.Info, what, text));

    private string Json(LogLine line)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTimeOffset.UtcNow.ToString("O"));
            json.WriteString("level", line.Grade switch { LogGrade.Info => "info", LogGrade.Warning => "warning", _ => "error" });
            json.WriteString("event", line.Event);
            json.WriteString("services", services);
            json.WriteNumber("process", Environment.ProcessId);
            if (line.Partition is { } partition)
            {
                json.WriteString("partition", partition);
            }

            if (Activity.Current is { } span)
            {
                json.WriteString("trace", span.TraceId.ToHexString());
            }

            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
