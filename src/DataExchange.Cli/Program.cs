using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;

StandardOutput.Prepare();
return await CommandFailures.RunAsync(CommandTree.Parse(args)).ConfigureAwait(false);
