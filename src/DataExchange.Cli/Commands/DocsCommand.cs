using System.CommandLine;
using DataExchange.EventStore.Catalogue;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx docs</c>: pages made from the code.</summary>
internal static class DocsCommand
{
    public static Command Create()
    {
        var events = new Command("events", "Every stored event with its fields, units and producer, as Markdown\n\n  ./dx docs events > docs/events.md");
        events.SetAction(_ => Console.Out.Write(EventCatalogue.Markdown()));
        return new Command("docs", "Print documentation made from the code\n\n  ./dx docs events") { events };
    }
}
