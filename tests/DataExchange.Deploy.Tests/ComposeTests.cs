using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>What compose would start: whether what it names is there, fits together, and is no more open than it says.</summary>
public sealed partial class ComposeTests
{
    // Made beside the file, and in no repository.
    private const string Keys = "./keys";

    private static readonly JsonObject Compose = DeployFiles.Yaml("compose.yaml");

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Services => Compose["services"].Fields();

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Dx => Services.Where(service => service.Value!["image"].Text()!.StartsWith("dataexchange/", StringComparison.Ordinal));

    [Fact]
    public void Every_partition_of_every_service_has_one_process_and_an_alert_for_when_it_has_none()
    {
        var all = ServeArguments.CoverEverythingOnce([.. Dx.Select(service => (service.Key, ServeArguments.Parse(service.Key, service.Value!["command"].Texts())))]);
        var alert = DeployFiles.Yaml("prometheus/rules/dataexchange.yml")["groups"].Items().SelectMany(group => group["rules"].Items()).Single(rule => rule["alert"].Text() == "PartitionWithoutOwner");
        Assert.Equal(all.Order(StringComparer.Ordinal), Absent().Matches(alert["expr"].Text()!).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Contains($"\"of {all.Length}\"", DeployFiles.Text("grafana/dashboards/dataexchange.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_service_names_is_there()
    {
        var (names, volumes, networks) = (Services.Select(service => service.Key).ToArray(), Compose["volumes"].Fields().Select(field => field.Key).ToArray(), Compose["networks"].Fields().Select(field => field.Key).ToArray());
        foreach (var (name, service) in Services)
        {
            var needs = service!["depends_on"] is JsonObject map ? map.Select(field => field.Key) : service["depends_on"].Texts();
            Assert.All(needs, needed => Assert.Contains(needed, names));
            Assert.All(service["networks"].Texts(), network => Assert.Contains(network, networks));
            foreach (var source in service["volumes"].Texts().Select(volume => volume.Split(':')[0]))
            {
                Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? source == Keys || Path.Exists(DeployFiles.In(source)) : volumes.Contains(source), $"{name}: volume {source} is not there");
            }

            foreach (var (needed, condition) in service["depends_on"].Fields())
            {
                Assert.True(condition!["condition"].Text() != "service_healthy" || Compose.At("services", needed, "healthcheck") is not null, $"{name} waits for {needed}, which has no health check");
            }
        }

        // A process knows all nodes of the broker, they are those that find each other, and the keys are where it looks for them.
        Assert.All(Dx, service => Assert.Contains($"{Keys}:/keys:ro", service.Value!["volumes"].Texts()));
        Assert.All(Dx, service => Assert.Equal(
            names.Where(name => name.StartsWith("rabbitmq-", StringComparison.Ordinal)), Broker().Matches(string.Join(' ', service.Value!["command"].Texts())).Select(match => match.Groups[1].Value)));
        var nodes = Node().Matches(DeployFiles.Text("rabbitmq/rabbitmq.conf")).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(Services.Where(service => service.Key.StartsWith("rabbitmq-", StringComparison.Ordinal)).Select(service => service.Value!["hostname"].Text()), nodes);
        Assert.Equal(3, nodes.Length);
    }

    [Fact]
    public void Nothing_is_reached_from_outside_and_no_password_is_in_it()
    {
        Assert.All(Services.SelectMany(service => service.Value!["ports"].Texts()), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        var secrets = Services.SelectMany(service => service.Value!["environment"].Fields()).Where(field => Secret().IsMatch(field.Key)).ToArray();
        Assert.True(secrets.Length >= 8);
        Assert.All(secrets, field => Assert.Matches(@"\$\{[A-Z_]+:\?", field.Value.Text()));
        Assert.All(Dx, service => Assert.Matches(@"Password=\$\{[A-Z_]+:\?", service.Value.At("environment", "DX_POSTGRES").Text()));
    }

    [Fact]
    public void Our_processes_and_the_watchers_have_no_more_rights_than_they_need()
    {
        var ours = Dx.Concat(Services.Where(service => service.Key is "prometheus" or "grafana")).ToArray();
        Assert.True(ours.Length >= 8);
        Assert.All(ours, service =>
        {
            Assert.Equal("true", service.Value!["read_only"].Text());
            Assert.Equal(["ALL"], service.Value["cap_drop"].Texts());
            Assert.Contains("no-new-privileges:true", service.Value["security_opt"].Texts());
            Assert.False(service.Value["user"].Text() is null or "root" or "0" or "0:0", $"{service.Key} would run as root");
        });
        Assert.All(Services, service => Assert.Matches(@":v?\d[\w.-]*$", service.Value!["image"].Text()));
    }

    [Fact]
    public void Prometheus_asks_the_processes_that_there_are()
    {
        var targets = DeployFiles.Yaml("prometheus/prometheus.yml")["scrape_configs"].Items().SelectMany(job => job["static_configs"].Items()).SelectMany(group => group["targets"].Texts()).ToArray();
        Assert.Equal(
            Dx.Select(service => service.Key + ":8080").Concat(Services.Where(service => service.Key.StartsWith("rabbitmq-", StringComparison.Ordinal)).Select(service => service.Key + ":15692"))
                .Order(StringComparer.Ordinal),
            targets.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"@([a-z0-9-]+):5672")]
    private static partial Regex Broker();

    [GeneratedRegex(@"absent\(dx_partition_owner\{partition=""([a-z0-9-]+)""\}\)")]
    private static partial Regex Absent();

    [GeneratedRegex(@"nodes\.\d = rabbit@(\S+)")]
    private static partial Regex Node();

    [GeneratedRegex("PASS|COOKIE|PASSWORD")]
    private static partial Regex Secret();
}
