using System.Globalization;
using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>A <c>dx serve</c> as compose and Kubernetes start it.</summary>
internal sealed partial record ServeArguments(IReadOnlyList<string> Services, IReadOnlyList<int> Partitions, int Of)
{
    private const string Trading = "trading";
    private const string Gateway = "gateway";

    /// <summary>Those with one partition of their own name.</summary>
    private static readonly string[] Single = ["rights", "pricing", "listing", "settlement", "trust", "feed"];

    public static ServeArguments Parse(string where, IReadOnlyList<string> arguments)
    {
        Assert.True(arguments.Count > 0 && arguments[0] == "serve", $"{where}: not dx serve");
        var options = new Dictionary<string, string>();
        for (var i = 1; i < arguments.Count; i += 2)
        {
            Assert.True(
                arguments[i] is "--services" or "--partitions" or "--transport" or "--broker" or "--postgres" or "--keys" or "--lease" or "--urls" or "--log-format", $"{where}: dx serve has no option {arguments[i]}");
            // One for each node of the broker's cluster.
            Assert.True(options.TryAdd(arguments[i], arguments[i + 1]) || arguments[i] == "--broker", $"{where}: {arguments[i]} twice");
        }

        Assert.Equal("rabbitmq", options["--transport"]);
        Assert.Equal("http://0.0.0.0:8080", options["--urls"]);
        Assert.Equal("json", options["--log-format"]);
        Assert.True(options.ContainsKey("--broker"), $"{where}: no --broker, so it would start one of its own");
        Assert.True(options.GetValueOrDefault("--keys") == "/keys", $"{where}: no --keys, so it would make some of its own, on a root that cannot be written");
        var services = options["--services"].Split(',');
        Assert.All(services, service => Assert.Contains(service, Single.Append(Trading).Append(Gateway)));
        var range = Range().Match(options["--partitions"]);
        Assert.True(range.Success, $"{where}: --partitions {options["--partitions"]} is no range such as 0-3/8");
        var (first, last, of) = (Number(1), Number(2), Number(3));
        Assert.True(first <= last && last < of, $"{where}: --partitions {options["--partitions"]}");
        return new ServeArguments(services, [.. Enumerable.Range(first, last - first + 1)], of);

        int Number(int group) => int.Parse(range.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The partitions that a process owns, by name.</summary>
    public IEnumerable<string> Owned => Services.SelectMany(service => service == Trading ? Partitions.Select(number => $"{Trading}-{number}") : service == Gateway ? [] : [service]);

    /// <summary>Every partition that there is has exactly one process, and that there is a gateway.</summary>
    public static string[] CoverEverythingOnce(IReadOnlyList<(string Where, ServeArguments Serve)> processes)
    {
        Assert.All(processes, process => Assert.Equal(8, process.Serve.Of));
        string[] all = [.. Single, .. Enumerable.Range(0, 8).Select(number => $"{Trading}-{number}")];
        Assert.Equal(all.Order(StringComparer.Ordinal), processes.SelectMany(process => process.Serve.Owned).Order(StringComparer.Ordinal));
        Assert.Contains(processes, process => process.Serve.Services.SequenceEqual([Gateway]));
        return all;
    }

    [GeneratedRegex(@"^(\d+)-(\d+)/(\d+)$")]
    private static partial Regex Range();
}
