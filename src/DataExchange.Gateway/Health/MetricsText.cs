using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using DataExchange.Services;

namespace DataExchange.Gateway.Health;

/// <summary>
/// What the services count, as Prometheus' text format 0.0.4. Names and labels stay as they are, which exporters do not promise; they are those of
/// deploy/metrics.yaml.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    /// <param name="own">Whose meters are told of beside those of the whole process; those of others of its kind are not.</param>
    internal MetricsText(object? own)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServiceMetrics.MeterName && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, own)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    internal string Write()
    {
        lock (_gate)
        {
            // What is no longer reported is no longer so: a partition that another process owns now.
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Series.Clear();
            }
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var (name, family) in _families)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {family.Help}\n# TYPE {name} {family.Type}\n");
                foreach (var (labels, series) in family.Series)
                {
                    series.Write(text, name, labels);
                }
            }
        }

        return text.ToString();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.IsEmpty ? "" : LabelsOf(tags);
        lock (_gate)
        {
            if (!_families.TryGetValue(instrument.Name, out var family))
            {
                _families[instrument.Name] = family = Family.Of(instrument);
            }

            if (!family.Series.TryGetValue(labels, out var series))
            {
                family.Series[labels] = series = new Series(family.Bounds);
            }

            series.Take(value, isSum: family.Type == "counter");
        }
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, content) in tags)
        {
            var escaped = Convert.ToString(content, CultureInfo.InvariantCulture)!
                .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(CultureInfo.InvariantCulture, $"{(labels.Length > 0 ? "," : "")}{name}=\"{escaped}\"");
        }

        return labels.ToString();
    }

    private sealed record Family(string Type, string Help, bool IsObserved, double[]? Bounds)
    {
        public SortedDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        public static Family Of(Instrument instrument)
        {
            var kind = instrument.GetType().Name;
            var help = (instrument.Description ?? "").Replace("\n", " ", StringComparison.Ordinal);
            return kind.StartsWith("Histogram", StringComparison.Ordinal) ? new("histogram", help, false, instrument.Unit == "s" ? Seconds : Counts)
                : kind.Contains("Gauge", StringComparison.Ordinal) || kind.Contains("UpDown", StringComparison.Ordinal) ? new("gauge", help, instrument.IsObservable, null)
                : new("counter", help, instrument.IsObservable, null);
        }
    }

    private sealed class Series(double[]? bounds)
    {
        private readonly long[] _buckets = new long[bounds?.Length ?? 0];
        private double _sum;
        private long _count;

        public void Take(double value, bool isSum)
        {
            _sum = isSum || bounds is not null ? _sum + value : value;
            _count++;
            for (var i = 0; i < _buckets.Length; i++)
            {
                if (value <= bounds![i])
                {
                    _buckets[i]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            if (bounds is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {_sum}\n");
                return;
            }

            var before = labels.Length > 0 ? labels + "," : "";
            for (var i = 0; i < _buckets.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{bounds[i]}\"}} {_buckets[i]}\n");
            }

            var own = labels.Length > 0 ? $"{{{labels}}}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"+Inf\"}} {_count}\n{name}_sum{own} {_sum}\n{name}_count{own} {_count}\n");
        }
    }
}
