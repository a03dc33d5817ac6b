using System.CommandLine;
using System.CommandLine.Invocation;

namespace DataExchange.Cli.Commands;

/// <summary>Help: of dx itself the commands in groups and the first steps, of a command what System.CommandLine makes of its descriptions.</summary>
internal sealed class CommandHelp(CommandLineAction ofCommand) : SynchronousCommandLineAction
{
    private const string Text =
        """
        DataExchange: an event-driven simulator of data-trading ledgers. It simulates the two data exchanges of Hangzhou, 2016 to May 2025,
        stores every event in PostgreSQL and checks the result.

        Usage: ./dx COMMAND [OPTIONS]

        First steps
          ./dx simulate --scale 0.02             a small market in seconds, kept in the folder .dx
          ./dx stats                             what came of it, in figures
          ./dx shelf --limit 10                  the products that sold most
          ./dx show product/P000001              one product's life; a deal's: ./dx show deal/C000001
          ./dx simulate --reset                  the whole market (1 is the published size), in place of the small one

        Simulating
          simulate [SCENARIO]      simulate a market, store every event, verify it, write a report
          sweep FILE               many runs with other settings and seeds, all cores: a row a run; merge, summary
          fork STORE --at DATE     the same market again, other from a day on; compare A B: what differs, with intervals over seeds
          reproduce MANIFEST       run again what a manifest.json names: identical or not
          calibrate [SCENARIO]     settings fitted to published figures, with intervals and what stays open
          validate [SCENARIO]      stylised facts beside what many seeds come to, also those that fail
          agents                   list | new FOLDER: strategies of agents, and your own in C#
          verify [FILE]            re-read every event and check every invariant; with FILE, check a document without any store
          scenario                 list | show NAME | schema | check FILE: the scenarios, and your own

        Reading
          show ID                  the timeline of a product, a deal or any stream: who, when, what
          shelf                    the products on the venues' shelves
          book PRODUCT             a product's order book: phase, best prices, depth, last trades; --at DATE-TIME for an earlier moment
          resolve HANDLE           what a handle names, its state, its links, its proof: 86.dex/product.P000042
          policy DEAL|PRODUCT      what is offered or agreed, as an ODRL policy; check DEAL --action A: is a use permitted?
          certificate PRODUCT      a product's rights certificate as a signed document, --out FILE, --pdf FILE
          invoice DEAL             a deal's data invoice (evidence of the deal, no tax invoice), likewise
          events                   stored events as they are
          surveillance             deals that look like manipulation, by documented rules
          stats                    figures by venue and year, refusals, size, which run it is
          replay [STORE]           the market as it stood at any moment: --to 2024-12-31; --speed 86400 plays it day by day;
                                   data of others: --format lobster, csv, dcat

        Matching
          match FLOW --books N     a flow of orders through the matching core: trades, speed, latency, state hash

        Keeping
          db                       start | stop | status | psql | reset: the private PostgreSQL
          docs events              every kind of event, as Markdown
          bench                    store: how fast events reach Marten; matching: how fast orders match; ledger: how fast
                                   transfers post; mechanisms: auctions and shares; flow: make a flow
          loadtest                 list | run NAME…: load matching core, services or gateway in an open loop, verify, report
          test                     build everything and run all tests: ./dx test [PROJECT…] [--filter TEXT]

        Options that most commands know
          --data DIR               folder of the private PostgreSQL and its data [default: .dx, or DX_DATA]
          --postgres CONNECTION    use an existing PostgreSQL server instead [default: none, or DX_POSTGRES]
          --json                   print JSON for machines; amounts there are in fen (1/100 yuan), else in yuan
          -h, --help               of a command: its options, their units and defaults, with examples
          --version                the version of this program

        Exit codes: 0 done, 1 failed, not verified or not found, 2 wrong input, 130 interrupted.
        """;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand)
        {
            return ((SynchronousCommandLineAction)ofCommand).Invoke(parseResult);
        }

        WriteTo(parseResult.InvocationConfiguration.Output);
        return 0;
    }

    /// <summary>Prints it where a command should have been named.</summary>
    public static void WriteTo(TextWriter output) => output.WriteLine(Text);
}
