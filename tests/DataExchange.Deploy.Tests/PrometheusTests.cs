using System.Diagnostics;

namespace DataExchange.Deploy.Tests;

/// <summary>Alert rules and dashboard: read by Prometheus's own tool, and about metrics that there are.</summary>
public sealed class PrometheusTests
{
    private static readonly string[] Languages = ["summary", "summary_zh", "action"];

    private static IEnumerable<System.Text.Json.Nodes.JsonNode> Alerts => DeployFiles.Yaml("prometheus/rules/dataexchange.yml")["groups"].Items().SelectMany(group => group["rules"].Items());

    [Theory]
    [InlineData("check", "config", "prometheus/prometheus.yml")]
    [InlineData("check", "rules", "prometheus/rules/dataexchange.yml")]
    [InlineData("test", "rules", "prometheus/tests/dataexchange.test.yml")]
    public async Task Promtool_accepts_it(string verb, string what, string file)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("promtool", [verb, what, DeployFiles.In(file)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("promtool is not installed: 'apt-get install -y prometheus'.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output + await errors);
        }
    }

    [Fact]
    public void An_alert_says_how_grave_it_is_what_it_means_in_both_languages_and_what_to_do()
    {
        Assert.NotEmpty(Alerts);
        Assert.All(Alerts, alert =>
        {
            Assert.Matches("^(warning|critical)$", alert.At("labels", "severity").Text());
            Assert.All(Languages, text => Assert.True(alert.At("annotations", text).Text() is { Length: > 0 }, $"{alert["alert"].Text()} has no {text}"));
        });
    }

    [Fact]
    public void Every_alert_fires_in_a_test_and_is_quiet_in_another()
    {
        var cases = DeployFiles.Yaml("prometheus/tests/dataexchange.test.yml")["tests"].Items().SelectMany(test => test["alert_rule_test"].Items()).ToArray();
        string[] Named(bool fires) => [.. cases.Where(one => one["exp_alerts"].Items().Any() == fires).Select(one => one["alertname"].Text()!).Distinct().Order(StringComparer.Ordinal)];
        var alerts = Alerts.Select(alert => alert["alert"].Text()!).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(alerts, Named(true));
        Assert.Equal(alerts, Named(false));
        Assert.Superset(new HashSet<string> { "LedgerImbalance", "PartitionWithoutOwner", "ProjectionLag", "QueueLag" }, alerts.ToHashSet());
    }

    [Fact]
    public void Rules_use_metrics_that_are_listed() => Assert.All(Alerts, alert => Known(alert["expr"].Text()!));

    [Theory]
    [InlineData("sum(dx_orders) by (le)", "dx_orders")]
    [InlineData("rate(dx_command_seconds[1m])", "dx_command_seconds")]
    [InlineData("dx_orders_total_bucket > 1e3", "dx_orders_total_bucket")]
    public void A_metric_that_nobody_exports_is_found(string expression, string name) => Assert.Equal([name], MetricNames.UnknownIn(expression));

    [Fact]
    public void A_label_that_a_metric_has_not_is_found() => Assert.Equal(["dx_queue_messages{name}"], MetricNames.UnknownLabelsIn("dx_queue_messages{name=\"x\",job=\"y\"}"));

    internal static void Known(string expression)
    {
        Assert.True(!MetricNames.UnknownIn(expression).Any(), $"{expression}: {string.Join(", ", MetricNames.UnknownIn(expression))} is not in deploy/metrics.yaml");
        Assert.Empty(MetricNames.UnknownLabelsIn(expression));
    }
}
