using System.Text;
using System.Text.Json;
using DataExchange.EventStore.Services;
using DataExchange.Services.Messages;
using MassTransit;

namespace DataExchange.Services;

/// <summary>A message in a partition's queue that another store's process sent, or that does not say whose it is.</summary>
internal static class ForeignMessage
{
    /// <summary>What it is called among what was put aside.</summary>
    internal const string Kind = "foreign";

    /// <summary>The row to put it aside with, the same each time that it comes; null where the message is of this store.</summary>
    internal static QuarantineRow? Of<T>(ConsumeContext<T> message, string store)
        where T : class
    {
        var from = ServiceBus.StoreOf(message);
        if (from == store)
        {
            return null;
        }

        object? content = message.Message switch
        {
            SubmitCommands commands => commands.Commands,
            ApplyFacts facts => new { facts.FromSequence, facts.FromIndex, facts.ToSequence, facts.ToIndex, facts.Facts },
            _ => null,
        };
        var text = JsonSerializer.Serialize(new { Store = from, Type = typeof(T).Name, Content = content });
        return new QuarantineRow(
            DerivedId.Of(Guid.Empty, Encoding.UTF8.GetBytes(text)), Kind, text, $"{typeof(T).Name} is of {(from is null ? "no store that it names" : $"store {from}")}, and this is store {store}");
    }
}
