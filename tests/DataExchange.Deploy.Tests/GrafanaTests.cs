using System.Text.Json.Nodes;

namespace DataExchange.Deploy.Tests;

/// <summary>The dashboard: that Grafana would show it, and that it shows what there is.</summary>
public sealed class GrafanaTests
{
    private static readonly JsonObject Dashboard = JsonNode.Parse(DeployFiles.Text("grafana/dashboards/dataexchange.json"))!.AsObject();

    private static JsonNode[] Panels => [.. Dashboard["panels"].Items()];

    [Fact]
    public void It_has_what_Grafana_asks_for()
    {
        Assert.Equal("dataexchange", (string?)Dashboard["uid"]);
        Assert.True((int)Dashboard["schemaVersion"]! >= 36);
        Assert.True(Panels.Length >= 10);
        Assert.Equal(Panels.Length, Panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.All(Panels, panel =>
        {
            Assert.Matches("^(stat|timeseries)$", (string?)panel["type"]);
            Assert.Matches(@"^\p{IsCJKUnifiedIdeographs}+ [A-Z][A-Za-z ]+$", (string?)panel["title"]);
            Assert.NotEmpty((string)panel["description"]!);
            Assert.NotEmpty((string)panel.At("fieldConfig", "defaults", "unit")!);
            Assert.NotEmpty(panel["targets"].Items());
            Assert.Equal(panel["targets"].Items().Count(), panel["targets"].Items().Select(target => (string)target["refId"]!).Distinct().Count());
        });
    }

    [Fact]
    public void Every_panel_is_on_the_grid_and_none_on_another()
    {
        var taken = new Dictionary<(int X, int Y), string>();
        foreach (var panel in Panels)
        {
            int Of(string name) => (int)panel.At("gridPos", name)!;
            Assert.InRange(Of("x") + Of("w"), 1, 24);
            foreach (var (x, y) in from x in Enumerable.Range(Of("x"), Of("w")) from y in Enumerable.Range(Of("y"), Of("h")) select (x, y))
            {
                Assert.True(taken.TryAdd((x, y), (string)panel["title"]!), $"{panel["title"]} lies on {taken[(x, y)]}");
            }
        }
    }

    [Fact]
    public void It_asks_the_source_that_is_provisioned_for_metrics_that_are_listed()
    {
        var source = DeployFiles.Yaml("grafana/provisioning/datasources/prometheus.yml")["datasources"].Items().Single()["uid"].Text();
        var targets = Panels.SelectMany(panel => panel["targets"].Items()).ToArray();
        Assert.All(targets, target => Assert.Equal(source, (string?)target.At("datasource", "uid")));
        Assert.All(targets, target => PrometheusTests.Known((string)target["expr"]!));

        // And every metric is shown somewhere.
        var all = string.Join(' ', targets.Select(target => (string)target["expr"]!));
        Assert.All(MetricNames.Listed.Keys, name => Assert.Contains(name, all, StringComparison.Ordinal));
        Assert.Equal("/var/lib/grafana/dashboards", DeployFiles.Yaml("grafana/provisioning/dashboards/dataexchange.yml")["providers"].Items().Single().At("options", "path").Text());
    }
}
