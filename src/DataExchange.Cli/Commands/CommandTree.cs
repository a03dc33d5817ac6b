using System.CommandLine;
using System.CommandLine.Help;

namespace DataExchange.Cli.Commands;

/// <summary>All commands of dx.</summary>
internal static class CommandTree
{
    /// <summary>Reads a command line.</summary>
    public static ParseResult Parse(params string[] arguments)
    {
        var root = new RootCommand("DataExchange: an event-driven simulator of data-trading ledgers")
        {
            SimulateCommand.Create(),
            ReproduceCommand.Create(),
            ServeCommand.Create(),
            OpenCommand.Create(),
            ChaosCommand.Create(),
            QuarantineCommand.Create(),
            VerifyCommand.Create(),
            ScenarioCommand.Create(),
            AgentsCommand.Create(),
            ExperimentCommand.Create(),
            SweepCommand.Create(),
            ForkCommand.Create(),
            CompareCommand.Create(),
            ValidateCommand.Create(),
            CalibrateCommand.Create(),
            ShowCommand.Create(),
            ShelfCommand.Create(),
            BookCommand.Create(),
            ResolveCommand.Create(),
            ValueCommand.Create(),
            MenuCommand.Create(),
            PolicyCommand.Create(),
            SandboxCommand.Create(),
            DemandCommand.Create(),
            SharesCommand.Create(),
            SurveillanceCommand.Create(),
            LogCommand.Create(),
            VoucherCommand.Invoice(),
            VoucherCommand.Certificate(),
            LedgerCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            EventsCommand.Create(),
            StatsCommand.Create(),
            DbCommand.Create(),
            BackupCommand.Backup(),
            BackupCommand.Restore(),
            ReplayCommand.Create(),
            MatchCommand.Create(),
            BenchCommand.Create(),
            LoadTestCommand.Create(),
            DocsCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new CommandHelp(help.Action!);

        // An argument that begins with @ is text, not the name of a file with more arguments.
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }
}
