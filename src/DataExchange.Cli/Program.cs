using System.CommandLine;
using System.CommandLine.Help;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;

StandardOutput.Prepare();
var root = new RootCommand("DataExchange: an event-driven simulator of data-trading ledgers")
{
    SimulateCommand.Create(),
    VerifyCommand.Create(),
    ScenarioCommand.Create(),
    ShowCommand.Create(),
    ShelfCommand.Create(),
    EventsCommand.Create(),
    StatsCommand.Create(),
    DbCommand.Create(),
    BenchCommand.Create(),
    DocsCommand.Create(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new CommandHelp(help.Action!);

// An argument that begins with @ is text, not the name of a file with more arguments.
return await CommandFailures.RunAsync(root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null })).ConfigureAwait(false);
