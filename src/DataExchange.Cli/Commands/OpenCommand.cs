using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running.Web;
using DataExchange.Web.Serving;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx open</c>: a stored market in a browser.</summary>
internal static class OpenCommand
{
    private const int UsualPort = 8090;

    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1, 0 for a free one, e.g. --port 9000",
            HelpName = "N",
            DefaultValueFactory = _ => UsualPort,
            CustomParser = result => CommonOptions.Parse<int>(result, "--port", "a whole number from 0 to 65535", text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ushort.MaxValue ? number : null),
        };
        var keys = CommonOptions.Keys("Sign certificates with the keys of this folder, which the store was made with");
        var untilInputCloses = new Option<bool>(ServeCommand.UntilInputCloses) { Hidden = true, Description = "End when standard input does, as when the process that started this one is gone" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var command = new Command(
            "open",
            "Show a stored market in a browser: overview, shelf, products, order books, ledger and logs, and a sandbox floor, in Chinese and English, at an address of this "
            + "machine alone; nothing stored is changed (docs/web.md). Ctrl-C stops\n\n  ./dx open\n  ./dx open --data /tmp/market --port 9000")
        {
            port, keys, data, postgres, untilInputCloses,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(untilInputCloses))
            {
                _ = ServeCommand.StopWithInputAsync(stop);
            }

            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), true, stop.Token).ConfigureAwait(false);
            using var market = new StoredMarket(opened, parsed.GetValue(keys));
            await using var server = await StartAsync(new WebPages(market, new ScenarioEngine()), parsed.GetValue(port), stop.Token).ConfigureAwait(false);
            await AskOnceAsync(server.Url, stop.Token).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(server.Url + "/").ConfigureAwait(false);
            await Console.Out.FlushAsync(stop.Token).ConfigureAwait(false);
            var warming = WarmAsync(market, stop.Token);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await warming.ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static async Task<WebServer> StartAsync(WebPages pages, int port, CancellationToken cancellation)
    {
        try
        {
            return await WebServer.StartAsync(pages, port, Console.Error.WriteLine, cancellation).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw new CommandFailedException($"--port '{port}' cannot be listened on: {failure.Message}; --port 0 takes a free one", failure);
        }
    }

    // The first page reads the shelves, and compiles what all pages need: nobody is to wait for that with an address in his hand.
    private static async Task AskOnceAsync(string url, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(url + "/en/"), cancellation).ConfigureAwait(false)).Dispose();
    }

    // Whatever is wrong with the store is said by the page that needs it.
    private static async Task WarmAsync(StoredMarket market, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => market.WarmAsync(cancellation), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or EventStore.EventStoreException or DataExchange.Web.Market.MarketUnreadableException or Npgsql.NpgsqlException or JsonException)
        {
        }
    }
}
