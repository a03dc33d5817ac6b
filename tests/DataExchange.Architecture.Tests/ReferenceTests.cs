namespace DataExchange.Architecture.Tests;

/// <summary>Who may know whom. A new project needs a row.</summary>
public sealed class ReferenceTests
{
    // project | may reference | packages
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["DataExchange.Domain"] = ([], []),
        ["DataExchange.Exchange"] = (["DataExchange.Domain", "DataExchange.Ledger", "DataExchange.Matching", "DataExchange.Mechanisms", "DataExchange.Shares"], []),
        ["DataExchange.Simulation"] = (["DataExchange.Discovery", "DataExchange.Domain", "DataExchange.Mechanisms"], []),
        ["DataExchange.Scenarios"] = (["DataExchange.Domain", "DataExchange.Simulation"], ["JsonSchema.Net", "NJsonSchema"]),
        ["DataExchange.Ledger"] = ([], []),
        ["DataExchange.Matching"] = ([], []),
        ["DataExchange.Lobster"] = (["DataExchange.Matching"], []),
        ["DataExchange.MerkleLog"] = ([], []),
        ["DataExchange.Mechanisms"] = ([], []),
        ["DataExchange.Experiments"] = (["DataExchange.Mechanisms", "DataExchange.Simulation"], ["MathNet.Numerics"]),
        ["DataExchange.Shares"] = ([], []),
        ["DataExchange.Menus"] = ([], []),
        ["DataExchange.Discovery"] = ([], []),
        ["DataExchange.Sweeps"] = ([], []),
        ["DataExchange.Estimation"] = ([], ["MathNet.Numerics"]),
        ["DataExchange.Trust"] = (["DataExchange.Domain", "DataExchange.Exchange", "DataExchange.MerkleLog"], []),
        ["DataExchange.Policies"] = (["DataExchange.Domain"], []),
        ["DataExchange.Handles"] = (["DataExchange.Domain", "DataExchange.Exchange"], []),
        ["DataExchange.Accounting"] = (["DataExchange.Domain", "DataExchange.Exchange", "DataExchange.Ledger"], []),
        ["DataExchange.Catalogue"] = (["DataExchange.Domain", "DataExchange.Policies"], []),
        ["DataExchange.Vouchers"] =
            (["DataExchange.Domain", "DataExchange.MerkleLog", "DataExchange.Trust"], ["BouncyCastle.Cryptography", "QRCoder", "SimpleBase"]),
        ["DataExchange.Matching.Flow"] = (["DataExchange.Matching"], []),
        ["DataExchange.PrivateServers"] = ([], []),
        ["DataExchange.Postgres"] = (["DataExchange.PrivateServers"], ["Npgsql"]),
        ["DataExchange.RabbitMq"] = (["DataExchange.PrivateServers"], ["RabbitMQ.Client"]),
        ["DataExchange.EventStore"] = (["DataExchange.Domain", "DataExchange.Exchange"], ["K4os.Compression.LZ4"]),
        ["DataExchange.Reports"] = (["DataExchange.Discovery", "DataExchange.Domain", "DataExchange.EventStore"], ["CsvHelper", "ScottPlot"]),
        ["DataExchange.Files"] = (["DataExchange.Domain", "DataExchange.EventStore", "DataExchange.Reports"], ["CsvHelper", "Parquet.Net"]),
        ["DataExchange.Services"] =
        (
            ["DataExchange.Domain", "DataExchange.Exchange", "DataExchange.EventStore", "DataExchange.MerkleLog", "DataExchange.Reports", "DataExchange.Trust"],
            ["MassTransit", "MassTransit.RabbitMQ", "RabbitMQ.Client"]),
        ["DataExchange.Gateway"] =
        (
            ["DataExchange.Domain", "DataExchange.Exchange", "DataExchange.EventStore", "DataExchange.Reports", "DataExchange.Services"],
            ["Microsoft.AspNetCore.Authentication.JwtBearer"]),
        ["DataExchange.Web"] =
        (
            [
                "DataExchange.Domain", "DataExchange.Exchange", "DataExchange.Ledger", "DataExchange.Catalogue", "DataExchange.EventStore", "DataExchange.Reports",
                "DataExchange.Vouchers", "DataExchange.Matching", "DataExchange.Mechanisms", "DataExchange.MerkleLog", "DataExchange.Shares",
            ],
            ["MudBlazor"]),
        ["DataExchange.Client"] = ([], []),
        ["DataExchange.Cli"] =
        (
            [
                "DataExchange.Discovery", "DataExchange.Domain", "DataExchange.Exchange", "DataExchange.Simulation", "DataExchange.Scenarios", "DataExchange.Postgres",
                "DataExchange.EventStore", "DataExchange.Reports", "DataExchange.StoreBenchmarks", "DataExchange.Matching", "DataExchange.Menus",
                "DataExchange.Matching.Flow", "DataExchange.MatchingBenchmarks", "DataExchange.LedgerBenchmarks", "DataExchange.MerkleLog", "DataExchange.Trust",
                "DataExchange.Ledger", "DataExchange.Lobster", "DataExchange.Accounting", "DataExchange.Policies", "DataExchange.Catalogue", "DataExchange.LogBenchmarks", "DataExchange.MechanismBenchmarks", "DataExchange.Experiments",
                "DataExchange.Vouchers", "DataExchange.Handles", "DataExchange.Services", "DataExchange.RabbitMq", "DataExchange.PrivateServers", "DataExchange.ServiceBenchmarks",
                "DataExchange.Files", "DataExchange.Gateway", "DataExchange.Web", "DataExchange.Shares", "DataExchange.Sweeps", "DataExchange.Estimation", "DataExchange.LoadTests", "DataExchange.LoadTests.Exchange", "DataExchange.LoadTests.NBomber",
            ], ["System.CommandLine", "Spectre.Console", "Npgsql", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
    };

    private static readonly string[] Pure =
    [
        "DataExchange.Domain", "DataExchange.Exchange", "DataExchange.Simulation", "DataExchange.Ledger", "DataExchange.Lobster", "DataExchange.Matching",
        "DataExchange.MerkleLog", "DataExchange.Policies", "DataExchange.Handles", "DataExchange.Mechanisms",
        "DataExchange.Shares", "DataExchange.Menus", "DataExchange.Discovery", "DataExchange.Sweeps",
    ];

    // Reports keeps its read models in Marten; it never appends an event (below).
    private static readonly string[] MayUseMarten = ["DataExchange.EventStore", "DataExchange.Reports", "DataExchange.Services", "DataExchange.Cli"];

    public static TheoryData<string> Projects => [.. Sources.Projects];

    [Fact]
    public void Every_project_has_its_row() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Sources.Projects.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void A_project_file_references_no_more_than_its_row(string project)
    {
        var (projects, packages) = Allowed[project];
        Assert.Empty(Sources.Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Except(projects));
        Assert.Empty(Sources.Items(project, "PackageReference").Except(packages));
    }

    /// <summary>What comes along with a reference is not there to be used.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void Compiled_code_uses_no_more_of_our_projects_than_its_row(string project) =>
        Assert.Empty(Sources.UsedAssemblies(project)
            .Where(name => name.StartsWith("DataExchange.", StringComparison.Ordinal)).Except(Allowed[project].Projects));

    [Theory, MemberData(nameof(Projects))]
    public void A_pure_project_uses_the_base_library_alone_and_bans_the_clock(string project)
    {
        var isPure = Sources.Items(project, "IsPure").Length > 0;
        Assert.Equal(Pure.Contains(project), isPure);
        if (isPure)
        {
            Assert.DoesNotContain(Sources.UsedAssemblies(project), name => !IsBaseLibrary(name) && !Allowed[project].Projects.Contains(name));
        }
    }

    [Theory, MemberData(nameof(Projects))]
    public void Only_the_event_store_its_readers_and_the_command_line_use_Marten(string project)
    {
        if (!MayUseMarten.Contains(project))
        {
            Assert.DoesNotContain(Sources.UsedAssemblies(project), IsMarten);
        }
    }

    /// <summary>One path, and only one, from a decision to Marten.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void Only_the_event_store_appends_events(string project)
    {
        if (project != "DataExchange.EventStore")
        {
            Assert.DoesNotContain(Sources.UsedMembers(project), member =>
                (member.StartsWith("Marten.", StringComparison.Ordinal) || member.StartsWith("JasperFx.", StringComparison.Ordinal))
                && (member.Contains(".Append", StringComparison.Ordinal)
                    || member.Contains(".StartStream", StringComparison.Ordinal)
                    || member.Contains(".WriteToAggregate", StringComparison.Ordinal)
                    || member.Contains(".FetchForWriting", StringComparison.Ordinal)
                    || member.Contains(".BulkInsertEvent", StringComparison.Ordinal)));
        }
    }

    [Theory, MemberData(nameof(Projects))]
    public void Only_the_command_line_uses_the_embedded_PostgreSQL(string project)
    {
        if (project != "DataExchange.Cli")
        {
            Assert.DoesNotContain("DataExchange.Postgres", Sources.UsedAssemblies(project));
        }
    }

    private static bool IsBaseLibrary(string name) =>
        name is "netstandard" or "mscorlib" || name.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsMarten(string name) =>
        name.StartsWith("Marten", StringComparison.Ordinal) || name.StartsWith("JasperFx", StringComparison.Ordinal)
        || name.StartsWith("Weasel", StringComparison.Ordinal);
}
