using System.CommandLine;
using System.Globalization;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Web;
using DataExchange.EventStore;
using DataExchange.EventStore.Schema;
using DataExchange.Gateway;
using DataExchange.Postgres;
using DataExchange.Services;
using DataExchange.Services.Telemetry;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx serve</c>: the exchange as running services.</summary>
internal static class ServeCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "serve";

    /// <summary>What a process of services says when it is ready.</summary>
    public const string ReadyLine = "ready";

    /// <summary>Has a process of services end with the one that started it.</summary>
    public const string UntilInputCloses = "--until-input-closes";

    /// <summary>Has a process of services die at a step.</summary>
    public const string DiesAt = "--dies-at";

    private const string Gateway = "gateway";
    private const string UsualUrls = "http://127.0.0.1:8080";
    private static readonly string[] AllServices = [.. PartitionMap.Services, ServiceOptions.Feed, ServiceOptions.Audit, Gateway];

    public static Command Create()
    {
        var services = new Option<string?>("--services")
        {
            Description = $"The services of this process, of {string.Join(", ", AllServices)}, e.g. --services trading,settlement [default: all but audit; gateway with --urls]",
            HelpName = "LIST",
        };
        var partitions = new Option<string?>("--partitions")
        {
            Description = "The partitions of Trading in this process, and how many there are, e.g. --partitions 0-3/8; the number is fixed at the first start [default: 0-0/1]",
            HelpName = "A-B/N",
        };
        var (transport, broker) = (Transport(), Broker());
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var keys = CommonOptions.Keys("Keep the venues' logs with the keys of this folder [default: of a simulated market its own, else DIR of --data, /keys, made at the first start]");
        var lease = new Option<double>("--lease")
        {
            Description = "Seconds after which another process takes a partition over whose owner gives no sign of life, 0.5 to 600, e.g. --lease 2",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 5,
        };
        var patience = new Option<double>("--patience")
        {
            Description = "Seconds that an answer may take before a command is sent again, 0.5 to 600",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 10,
        };
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen for HTTP, with semicolons between addresses, e.g. --urls http://127.0.0.1:8080: health and metrics, and the gateway where it runs here; https with --certificate [default: {UsualUrls} with the gateway, else nowhere]",
            HelpName = "URLS",
        };
        var inFlight = MatchCommand.Number(
            "--commands-in-flight", $"Commands under way at the gateway at most, of all callers together; more are refused with 503 and Retry-After [default: {GatewayOptions.UsualCommandsInFlight}]", "N", 1, 100_000);
        var logFormat = new Option<LogFormat>("--log-format")
        {
            Description = "How the log is written to standard error: text or json, an object a line, e.g. --log-format json",
            HelpName = "NAME",
            DefaultValueFactory = _ => LogFormat.Text,
            CustomParser = result => CommonOptions.ParseWord<LogFormat>(result, "--log-format"),
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "PEM file of the certificate for addresses that begin with https, with those between it and the root; with --certificate-key",
            HelpName = "FILE",
        };
        var certificateKey = new Option<string?>("--certificate-key") { Description = "PEM file of the certificate's private key, without a password", HelpName = "FILE" };
        var lockstep = new Option<bool>("--lockstep") { Description = "One thing after the other over all services, for a simulation that drives them (dx simulate --engine services)" };
        var diesAt = new Option<string?>(DiesAt) { Hidden = true, Description = "For tests: die when a step is reached for the N-th time, STEP:N", HelpName = "STEP:N" };
        var untilInputCloses = new Option<bool>(UntilInputCloses) { Hidden = true, Description = "End when standard input does, as when the process that started this one is gone" };
        var command = new Command(Name, "Run the exchange as services: on this machine as one process, or some of them each in many\n\n"
            + "  ./dx serve\n  ./dx serve --services trading --partitions 0-3/8 --transport rabbitmq --broker amqp://guest:guest@127.0.0.1:5672 --postgres postgres://me@db/dx")
        {
            services, partitions, transport, broker, data, postgres, keys, urls, inFlight, certificate, certificateKey, logFormat, lease, patience, lockstep, diesAt, untilInputCloses,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (range, count) = PartitionsOf(parsed.GetValue(partitions));
            var (named, listenAt) = (ServicesOf(parsed.GetValue(services), parsed.GetValue(urls) is not null), UrlsOf(parsed.GetValue(urls)));
            var log = new ServiceLog(parsed.GetValue(logFormat), string.Join(',', named), Console.Error);
            var options = new ServiceOptions
            {
                Services = [.. named.Where(name => name != Gateway)],
                Partitions = range,
                TradingPartitions = count,
                IsLockstep = parsed.GetValue(lockstep),
                WithProjections = !parsed.GetValue(lockstep),
                LeaseTime = SecondsOf("--lease", parsed.GetValue(lease)),
                Patience = SecondsOf("--patience", parsed.GetValue(patience)),
                DiesAt = CrashOf(parsed.GetValue(diesAt)),
                Log = log.Write,
            };
            using var shown = CertificateOf(parsed.GetValue(certificate), parsed.GetValue(certificateKey), listenAt);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(untilInputCloses))
            {
                _ = StopWithInputAsync(stop);
            }

            await RunAsync(
                options, log, ServicesRequest.Of(parsed.GetValue(transport), parsed.GetValue(broker)!), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(keys),
                named.Contains(Gateway), new(listenAt ?? (named.Contains(Gateway) ? UsualUrls : null), shown, parsed.GetValue(postgres) is null, parsed.GetValue(inFlight)), stop.Token)
                .ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    /// <summary>The option that says how messages travel.</summary>
    public static Option<ServiceTransport> Transport() => new("--transport")
    {
        Description = "How messages travel: memory (all services in this process) or rabbitmq, e.g. --transport rabbitmq",
        HelpName = "NAME",
        DefaultValueFactory = _ => ServiceTransport.Memory,
        CustomParser = result => CommonOptions.ParseWord<ServiceTransport>(result, "--transport"),
    };

    /// <summary>The option that names the broker.</summary>
    public static Option<string[]> Broker() => new("--broker")
    {
        Description = "A node of RabbitMQ, e.g. --broker amqp://guest:guest@127.0.0.1:5672; given again for each node of a cluster [default: a private one in DIR of --data]",
        HelpName = "URL",
        DefaultValueFactory = _ => [],
    };

    private static async Task RunAsync(
        ServiceOptions options, ServiceLog log, ServicesRequest request, string data, string? postgres, string? keysFolder, bool isGateway, Listening at, CancellationToken cancellation)
    {
        await using var server = await PostgresServer.ResolveAsync(
            postgres, data, new EmbeddedPostgresOptions { Progress = new Progress<string>(line => log.Info("postgres", line)) }, cancellation).ConfigureAwait(false);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var identity = await ServingStore.PrepareAsync(database, cancellation).ConfigureAwait(false);
        if (!options.IsLockstep && !identity.IsCompleted)
        {
            throw new CommandFailedException("The run that made this store was interrupted: services would go on in the middle of it. Run the same './dx simulate' to its end first.");
        }

        using var keys = ServingStore.Keys(identity, keysFolder, data, line => log.Info("keys_made", line));
        await RunKeys.EnsureServesAsync(database, keys, keysFolder, cancellation).ConfigureAwait(false);
        using var traces = TraceExport.Start(options.Services, line => log.Info("traces", line));
        using var metrics = new ServiceMetrics();
        await using var broker = await ServiceBroker.ResolveAsync(request, data, line => log.Info("broker", line), cancellation).ConfigureAwait(false);
        await using var bus = await ServicesEngine.ConnectAsync(broker.Nodes, database, cancellation).ConfigureAwait(false);
        try
        {
            if (!options.IsLockstep)
            {
                await ServingStore.BeginAsync(database, cancellation).ConfigureAwait(false);
            }

            await using var services = await ExchangeServices.StartAsync(
                database, bus, keys, metrics, options with { RunKey = identity.Seed }, cancellation).ConfigureAwait(false);
            if (isGateway)
            {
                metrics.WatchQueue(Gateway, () => services.Unanswered);
            }

            await using var shown = isGateway && at.IsForOneself ? ServedPages.Over(database, identity, keysFolder, data) : null;
            await using var listening = await ListenAsync(services, database, isGateway, at, data, shown?.Pages, log, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(ReadyLine).ConfigureAwait(false);
            await Console.Out.FlushAsync(cancellation).ConfigureAwait(false);
            log.Info("serving", $"Serving {string.Join(", ", isGateway ? [.. options.Services, Gateway] : options.Services)} on {server.Description}; Ctrl-C stops.");
            await Task.WhenAny(services.Completion, Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
            if (!cancellation.IsCancellationRequested)
            {
                await services.Completion.ConfigureAwait(false);
            }

            if (!options.IsLockstep)
            {
                await DrainAsync(services, database, options).ConfigureAwait(false);
            }
        }
        catch (ArgumentException wrong)
        {
            throw new WrongInputException(wrong.Message.Split(" (Parameter")[0]);
        }
    }

    private static async Task<GatewayServer?> ListenAsync(
        ExchangeServices services, NpgsqlDataSource database, bool isGateway, Listening at, string data, GatewayPages? pages, ServiceLog log, CancellationToken cancellation)
    {
        if (at.Urls is not { } urls)
        {
            return null;
        }

        var options = new GatewayOptions
        {
            Urls = urls,
            Certificate = at.Certificate,
            WithDemoKeys = at.IsForOneself,
            KeyFolder = Path.Combine(data, Gateway),
            CommandsInFlight = at.CommandsInFlight ?? GatewayOptions.UsualCommandsInFlight,
            Pages = pages,
            Hindrance = () => services.Hindrance,
            Note = line => log.Info(Gateway, line),
            Warn = line => log.Write(new LogLine(LogGrade.Error, "request_failed", line)),
        };
        try
        {
            var server = isGateway
                ? await GatewayServer.StartAsync(database, services.Sender, options, cancellation).ConfigureAwait(false)
                : await GatewayServer.StartHealthAsync(database, options, cancellation).ConfigureAwait(false);
            log.Info("listening", $"Listening on {string.Join(", ", server.Urls)}{(isGateway ? "" : " for health and metrics")}.");
            if (pages is not null)
            {
                log.Info("pages", $"The exchange in a browser: {server.Urls[0]}/");
            }

            return server;
        }
        catch (IOException failure)
        {
            throw new CommandFailedException($"Cannot listen on {urls}: {failure.Message}");
        }
    }

    private static string? UrlsOf(string? text) =>
        text is null || (text.Split(';') is { Length: > 0 } all
            && all.All(one => Uri.TryCreate(one, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.PathAndQuery == "/"))
            ? text
            : throw new WrongInputException($"--urls '{text}' is not allowed: http://ADDRESS:PORT or https://ADDRESS:PORT, several with semicolons between them");

    private static GatewayCertificate? CertificateOf(string? file, string? keyFile, string? urls)
    {
        var isHttps = urls?.Split(';').Any(one => one.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) == true;
        if (!isHttps)
        {
            return file is null && keyFile is null ? null
                : throw new WrongInputException($"--certificate and --certificate-key are for addresses that begin with https; --urls is '{urls}'");
        }

        if (file is null || keyFile is null)
        {
            throw new WrongInputException($"--urls '{urls}' needs {(file is null ? "--certificate FILE" : "--certificate-key FILE")}: TLS is spoken with a certificate and its key");
        }

        try
        {
            return GatewayCertificate.Read(file, keyFile);
        }
        catch (ArgumentException wrong)
        {
            throw new WrongInputException($"--certificate, --certificate-key: {wrong.Message}");
        }
    }

    // Where to listen, if anywhere, and what is shown there.
    private sealed record Listening(string? Urls, GatewayCertificate? Certificate, bool IsOwnStore, int? CommandsInFlight)
    {
        // A store of one's own that nobody reaches from elsewhere: somebody tries it out.
        public bool IsForOneself => IsOwnStore && Urls?.Split(';').All(one => new Uri(one).IsLoopback) == true;
    }

    // With the process that keeps the logs, what was added is whole.
    private static async Task DrainAsync(ExchangeServices services, NpgsqlDataSource database, ServiceOptions options)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await services.DrainAsync(limit.Token).ConfigureAwait(false);
            if (options.Services.Contains("trust"))
            {
                await new StoreIdentityTable(database).EndExtensionAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is EventStoreException or OperationCanceledException or NpgsqlException)
        {
            options.Log(new LogLine(LogGrade.Warning, "stopped_early", $"Stopped before everything was at rest: {failure.Message}"));
        }
    }

    internal static async Task StopWithInputAsync(CancellationTokenSource stop)
    {
        var buffer = new byte[256];
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
            // What is said does not matter, only that somebody is there to say it.
        }

        await stop.CancelAsync().ConfigureAwait(false);
    }

    private static IReadOnlyList<string> ServicesOf(string? text, bool listens)
    {
        var named = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [.. AllServices.Where(name => name != ServiceOptions.Audit && (listens || name != Gateway))];
        return named.Length == 0 || Array.Find(named, name => !AllServices.Contains(name)) is not null
            ? throw new WrongInputException($"--services '{text}' is not allowed: some of {string.Join(", ", AllServices)}, with commas between them")
            : [.. named.Distinct()];
    }

    private static ((int First, int Last)? Range, int Count) PartitionsOf(string? text)
    {
        if (text is null)
        {
            return (null, 1);
        }

        var parts = text.Split('/', '-');
        return parts.Length == 3 && text.IndexOf('-', StringComparison.Ordinal) < text.IndexOf('/', StringComparison.Ordinal)
            && Number(parts[0]) is { } first && Number(parts[1]) is { } last && Number(parts[2]) is { } count
            && first <= last && last < count && count <= PartitionMap.MostPartitions
            ? ((first, last), count)
            : throw new WrongInputException($"--partitions '{text}' is not allowed: FIRST-LAST/COUNT with 0 <= FIRST <= LAST < COUNT <= {PartitionMap.MostPartitions}, such as 0-3/8");

        static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static CrashPoint? CrashOf(string? text) => text is null ? null
        : CrashPoint.Parse(text) ?? throw new WrongInputException($"{DiesAt} '{text}' is not allowed: STEP:N with STEP one of {string.Join(", ", CrashPoint.All)}");

    private static TimeSpan SecondsOf(string option, double seconds) => seconds is >= 0.5 and <= 600
        ? TimeSpan.FromSeconds(seconds)
        : throw new WrongInputException(string.Create(CultureInfo.InvariantCulture, $"{option} '{seconds}' is not allowed: 0.5 to 600 seconds"));
}
