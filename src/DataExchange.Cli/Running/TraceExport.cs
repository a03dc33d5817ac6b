using DataExchange.Services.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataExchange.Cli.Running;

/// <summary>
/// Sends the spans of a process of services to a collector, as the usual variables of OpenTelemetry say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>,
/// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_TRACES_SAMPLER</c>, …). Without an address nothing is traced.
/// </summary>
internal static class TraceExport
{
    private static readonly string[] Addresses = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    // Ours, those of the bus, those of requests over HTTP.
    private static readonly string[] Sources = [Traces.SourceName, "MassTransit", "Microsoft.AspNetCore"];

    /// <summary>Begins, where an address is set; what is on the way is sent when it is disposed of.</summary>
    /// <param name="services">What the process runs.</param>
    /// <param name="note">Told where spans go.</param>
    /// <returns>Null where there is no address.</returns>
    public static IDisposable? Start(IReadOnlyList<string> services, Action<string> note)
    {
        if (Addresses.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) is not { } address)
        {
            return null;
        }

        note($"Traces are sent to {address}.");
        return Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("dataexchange", serviceVersion: SimulationSession.ProgramVersion)
                .AddAttributes([new("dx.services", string.Join(',', services))]).AddEnvironmentVariableDetector())
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build();
    }
}
