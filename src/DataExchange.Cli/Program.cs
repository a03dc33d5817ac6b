using System.CommandLine;
using DataExchange.Cli.Commands;

var root = new RootCommand(
    "DataExchange: an event-driven simulator of data-trading ledgers.\n\n"
    + "  ./dx simulate          simulate the two exchanges of Hangzhou, store, verify, report\n"
    + "  ./dx verify            check a stored market\n"
    + "  ./dx show product/…    one product's or deal's timeline\n"
    + "  ./dx test              all tests")
{
    SimulateCommand.Create(),
    VerifyCommand.Create(),
    BenchCommand.Create(),
};
return await CommandFailures.RunAsync(root.Parse(args)).ConfigureAwait(false);
