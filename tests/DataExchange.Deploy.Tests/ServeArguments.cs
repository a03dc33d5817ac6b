using System.Globalization;
using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>A <c>dx serve</c> as compose and Kubernetes start it.</summary>
internal sealed partial record ServeArguments(IReadOnlyList<string> Services, IReadOnlyList<int> Partitions, int Of)
{
    private static readonly string[] Known = ["rights", "pricing", "listing", "trading", "settlement", "trust", "gateway", "feed"];

    /// <summary>Those that own partitions: what they decide must have one owner.</summary>
    private static readonly string[] Owning = ["rights", "pricing", "listing", "trading", "settlement", "trust"];

    public static ServeArguments Parse(string where, IReadOnlyList<string> arguments)
    {
        Assert.True(arguments.Count > 0 && arguments[0] == "serve", $"{where}: not dx serve");
        var options = new Dictionary<string, string>();
        for (var i = 1; i < arguments.Count; i += 2)
        {
            Assert.True(arguments[i] is "--services" or "--partitions" or "--transport" or "--broker" or "--postgres" or "--urls", $"{where}: dx serve has no option {arguments[i]}");
            Assert.True(options.TryAdd(arguments[i], arguments[i + 1]), $"{where}: {arguments[i]} twice");
        }

        Assert.Equal("rabbitmq", options["--transport"]);
        Assert.Equal("http://0.0.0.0:8080", options["--urls"]);
        Assert.True(options.ContainsKey("--broker"), $"{where}: no --broker");
        var services = options["--services"].Split(',');
        Assert.All(services, service => Assert.Contains(service, Known));
        var range = Range().Match(options["--partitions"]);
        Assert.True(range.Success, $"{where}: --partitions {options["--partitions"]} is no range such as 0-3/8");
        var (first, last, of) = (Number(1), Number(2), Number(3));
        Assert.True(first <= last && last < of, $"{where}: --partitions {options["--partitions"]}");
        return new ServeArguments(services, [.. Enumerable.Range(first, last - first + 1)], of);

        int Number(int group) => int.Parse(range.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Every partition of every service that owns any has exactly one process, and the gateway and the feed are there.</summary>
    public static void CoverEverythingOnce(IReadOnlyList<(string Where, ServeArguments Serve)> processes)
    {
        Assert.All(processes, process => Assert.Equal(8, process.Serve.Of));
        foreach (var service in Owning)
        {
            var owners = processes.Where(process => process.Serve.Services.Contains(service)).SelectMany(process => process.Serve.Partitions).Order().ToArray();
            Assert.True(owners.SequenceEqual(Enumerable.Range(0, 8)), $"{service}: its 8 partitions are in processes as {string.Join(", ", owners)}");
        }

        Assert.All(["gateway", "feed"], service => Assert.Contains(processes, process => process.Serve.Services.SequenceEqual([service])));
    }

    [GeneratedRegex(@"^(\d+)-(\d+)/(\d+)$")]
    private static partial Regex Range();
}
