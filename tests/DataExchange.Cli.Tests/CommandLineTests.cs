using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("shwo", "'shwo' is no command of dx; did you mean 'show'?")]
    [InlineData("zzzz", "'zzzz' is no command of dx; its commands are agents, backup, bench, book, calibrate,")]
    [InlineData("db strat", "'strat' is no command of dx db; did you mean 'start'?")]
    [InlineData("db", "dx db: a command must follow: psql, reset, start, status, stop")]
    [InlineData("shelf --venu hzdex", "'--venu' is no option of dx shelf; did you mean '--venue'?")]
    [InlineData("show a b", "'b' is one word too many for dx show")]
    [InlineData("shelf --limit -1", "--limit '-1' is not allowed: a whole number from 0")]
    [InlineData("book P1 --at noon", "--at 'noon' is not allowed: a date or a date and time in China, such as 2025-03-31, 2025-03-31T09:30")]
    [InlineData("book P1 --at 2025-02-30", "--at '2025-02-30' is not allowed: a date")]
    [InlineData("book P1 --at 2025-03-31T25:00", "--at '2025-03-31T25:00' is not allowed: a date")]
    [InlineData("loadtest", "dx loadtest: a command must follow: compare, list, run, saturate")]
    [InlineData("loadtest run orders --rate 0", "--rate '0' is not allowed: a number above 0")]
    [InlineData("loadtest run orders --burst 0", "--burst '0' is not allowed: a number above 0, at most 10000000")]
    [InlineData("loadtest run replay --speed 0", "--speed '0' is not allowed: a number above 0, at most 1000000")]
    [InlineData("loadtest run replay --scale 11", "--scale '11' is not allowed: a number above 0, at most 10")]
    [InlineData("loadtest run orders --duration 5x", "--duration '5x' is not allowed: a number with ms, s, m or h behind it, from 100ms to 24h")]
    [InlineData("loadtest run orders --ramp -1s", "--ramp '-1s' is not allowed: a number with ms, s, m or h behind it, from 0s to 24h")]
    [InlineData("sweep a.json --workers 0", "--workers '0' is not allowed: a whole number from 1 to 256")]
    [InlineData("sweep a.json --slice 2/2", "--slice '2/2' is not allowed: I/N with I from 0 to N - 1")]
    [InlineData("sweep a.json b.json", "'b.json' is one word too many for dx sweep")]
    [InlineData("validate --seeds 3-1", "--seeds '3-1' is not allowed: 1 to 1000 different seeds as numbers and ranges, such as 1-10")]
    [InlineData("validate --scale 0", "--scale '0' is not allowed: a number above 0, at most 10")]
    [InlineData("sweep merge a", "Option '--out' is required.")]
    [InlineData("calibrate --seeds 1", "--seeds '1' is not allowed: a whole number from 2 to 1000")]
    [InlineData("calibrate --scale 11", "--scale '11' is not allowed: a number above 0, at most 10")]
    [InlineData("calibrate --steps x", "--steps 'x' is not allowed: a whole number from 0 to 100")]
    [InlineData("simulate --scale 0", "--scale '0' is not allowed: a number above 0")]
    [InlineData("replay --to 2025-13-01", "--to '2025-13-01' is not allowed: a date or a date and time in China")]
    [InlineData("replay --speed fast", "--speed 'fast' is not allowed: a number above 0, at most 1000000000000")]
    public void What_cannot_be_read_is_named_with_what_is_allowed(string line, string expected) =>
        Assert.StartsWith(expected, Assert.Single(ParseMessages.Of(CommandTree.Parse(line.Split(' ')))), StringComparison.Ordinal);

    [Theory]
    [InlineData("show product/P000042 --all --json")]
    [InlineData("shelf --venue hzdex --category fintech --limit 0")]
    [InlineData("events --stream deal/C000001 --limit 3")]
    [InlineData("stats --data here")]
    [InlineData("book P000042")]
    [InlineData("book P000042 --at 2025-03-31 --json")]
    [InlineData("book P000042 --at 2025-03-31T09:30")]
    [InlineData("book P000042 --at 2025-03-31T09:30:15+08:00")]
    [InlineData("scenario show hangzhou-2025")]
    [InlineData("docs events")]
    [InlineData("sweep fees.json --out fees --workers 2 --resume")]
    [InlineData("sweep fees.json --slice 3/8 --out part-3")]
    [InlineData("sweep merge part-0 part-1 --out fees")]
    [InlineData("sweep summary fees --figure shelf_amount_fen")]
    [InlineData("sweep schema")]
    [InlineData("validate my-market.json --seeds 1-20 --scale 0.05")]
    [InlineData("validate --set demand.shelf.activeShare=0.06 --strict --json")]
    [InlineData("calibrate")]
    [InlineData("calibrate hangzhou-2025 --parameter pricing.negotiatedShare=0..0.4 --parameter pricing.apisByTheCall=0.05..1 --scale 0.05 --out fitted")]
    [InlineData("calibrate --steps 0 --seeds 8")]
    [InlineData("calibrate --moments mine.json --set demand.level=0.5 --first-seed 0 --workers 2 --resume --json")]
    [InlineData("calibrate moments")]
    [InlineData("calibrate schema")]
    [InlineData("replay --to 2024-12-31")]
    [InlineData("replay .dx --to 2024-12-31T12:00 --json")]
    [InlineData("replay --from 2025-05-01 --speed 86400")]
    [InlineData("reproduce .dx/report/manifest.json --data again --json")]
    [InlineData("loadtest list --json")]
    [InlineData("loadtest run nothing orders --rate 0.5 --duration 1.5m --ramp 0s --fail-if p99<20ms --fail-if failed<1 --transport rabbitmq")]
    [InlineData("loadtest run replay --speed 600 --scale 0.02")]
    [InlineData("loadtest run orders --duration 1h --streams-in-memory 2000")]
    [InlineData("loadtest run http-orders --rate 100 --burst 1000 --duration 60s")]
    [InlineData("serve --urls http://127.0.0.1:8080 --commands-in-flight 64")]
    [InlineData("loadtest saturate orders --objective p99<20ms --from 100")]
    public void What_the_help_shows_can_be_read(string line) => Assert.Empty(CommandTree.Parse(line.Split(' ')).Errors);

    [Theory]
    [InlineData("2025-03-31", "2025-03-31T23:59:59+08:00")]
    [InlineData("2025-03-31T09:30", "2025-03-31T09:30:00+08:00")]
    [InlineData("2025-03-31T09:30:15+08:00", "2025-03-31T09:30:15+08:00")]
    public void A_moment_is_read_as_time_in_China_and_a_date_alone_as_its_end(string text, string expected) =>
        Assert.Equal(expected, CommandTree.Parse("book", "P1", "--at", text).GetValue<SimulatedTime?>("--at")?.ToString());

    [Fact]
    public void Of_a_range_a_date_alone_is_the_beginning_and_the_end_of_a_day()
    {
        var parsed = CommandTree.Parse("replay", "--from", "2025-03-31", "--to", "2025-03-31");
        Assert.Equal("2025-03-31T00:00:00+08:00", parsed.GetValue<SimulatedTime?>("--from")?.ToString());
        Assert.Equal("2025-03-31T23:59:59+08:00", parsed.GetValue<SimulatedTime?>("--to")?.ToString());
        Assert.Equal("2025-03-31T09:30:00+08:00", CommandTree.Parse("replay", "--from", "2025-03-31T09:30").GetValue<SimulatedTime?>("--from")?.ToString());
    }

    [Fact]
    public void What_follows_psql_is_passed_on_in_order()
    {
        var parsed = CommandTree.Parse("db", "psql", "--data", "here", "-c", "SELECT 1", "-A", "@file");
        Assert.Empty(parsed.Errors);
        Assert.Equal(["-c", "SELECT 1", "-A", "@file"], parsed.UnmatchedTokens);
    }

    [Fact]
    public void Of_a_command_that_is_kept_no_connection_is_told() => Assert.Equal(
        ["simulate", "my.json", "--postgres", "…", "--broker", "…", "--set", "a=1"],
        CommandWords.Of(CommandTree.Parse("simulate", "my.json", "--postgres=Host=db;Password=secret", "--broker", "amqp://me:secret@here", "--set", "a=1")));

    [Fact]
    public void Every_command_and_option_says_what_it_is_for()
    {
        Assert.All(Commands(CommandTree.Parse().RootCommandResult.Command), command =>
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{command.Name} {argument.Name}"));
        });

        static IEnumerable<System.CommandLine.Command> Commands(System.CommandLine.Command command) =>
            command.Subcommands.SelectMany(Commands).Prepend(command);
    }

    [Fact]
    public void The_shelf_shows_what_stands_there_and_sold_most_first()
    {
        ShelfEntry[] entries =
        [
            Entry("hzdex", "P1", "health", ShelfStatus.Listed, 5), Entry("hzdex", "P2", "health", ShelfStatus.Suspended, 9),
            Entry("zjbdec", "P3", "energy", ShelfStatus.Listed, 7), Entry("hzdex", "P4", "health", ShelfStatus.Delisted, 99),
        ];
        Assert.Equal(["P2", "P3", "P1"], Products(new(null, null, false)));
        Assert.Equal(["P4", "P2", "P1"], Products(new("hzdex", null, true)));
        Assert.Equal(["P3"], Products(new(null, "energy", false)));
        Assert.Empty(Products(new("zjbdec", "health", false)));
        Assert.Equal("--venue 'x' is not allowed: one of hzdex, zjbdec", Assert.Throws<WrongInputException>(() => Products(new("x", null, false))).Message);
        Assert.Equal("--category 'x' is not allowed: one of energy, health", Assert.Throws<WrongInputException>(() => Products(new(null, "x", false))).Message);

        string[] Products(ShelfCommand.Selection selection) => [.. selection.Of(entries).Select(entry => entry.Product)];
    }

    private static ShelfEntry Entry(string venue, string product, string category, ShelfStatus status, long sales) => new()
    {
        Id = $"{venue}/{product}", Venue = venue, Product = product, Category = category, Status = status, SalesFen = sales, Form = ProductForm.Api,
    };
}
