using System.Globalization;
using DataExchange.Domain;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

/// <summary>Every type of event goes into a real store and comes back the same, by our way in and by Marten's.</summary>
public sealed class EventTypeRoundTripTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_type_comes_back_from_the_store_as_it_went_in()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Cancellation));
        using var store = StoreFactory.Create(database, new StoreConfiguration
        {
            EventTypes = [.. EventRegistry.All.Select(type => (type.Type, type.Name))],
            Json = EventJson.Options,
        });
        await StoreSchema.ApplyAsync(store, Cancellation);
        Event[] events = [.. EventRegistry.All.Select(type => Specimens.Full(type.Type))];

        await BulkAsync(database, events);
        await using (var session = store.LightweightSession())
        {
            for (var i = 0; i < events.Length; i++)
            {
                session.Events.Append(StreamOf("marten", i), events[i]);
            }

            await session.SaveChangesAsync(Cancellation);
        }

        await using var query = store.QuerySession();
        for (var i = 0; i < events.Length; i++)
        {
            var expected = EventJson.Write(events[i]);
            foreach (var way in new[] { "bulk", "marten" })
            {
                var stored = Assert.Single(await query.Events.FetchStreamAsync(StreamOf(way, i), token: Cancellation));
                Assert.Equal(expected, EventJson.Write(Assert.IsType<Event>(stored.Data, exactMatch: false)));
                Assert.Equal(EventRegistry.NameOf(events[i]), stored.EventTypeName);
                await foreach (var raw in new RawEventReader(database).ReadStreamAsync(StreamOf(way, i), Cancellation))
                {
                    Assert.Equal(expected, EventJson.Write(EventJson.Read(raw.TypeName, raw.Json.Span)));
                }
            }
        }
    }

    private static async Task BulkAsync(NpgsqlDataSource database, Event[] events)
    {
        await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions(), Cancellation);
        for (var i = 0; i < events.Length; i++)
        {
            var type = EventTypeName.For(events[i].GetType(), EventRegistry.NameOf(events[i]));
            await writer.AppendAsync(StreamOf("bulk", i), 1, type, EventJson.Write(events[i]), Cancellation);
        }

        await writer.CompleteAsync(Cancellation);
    }

    private static string StreamOf(string way, int number) => string.Create(CultureInfo.InvariantCulture, $"{way}/{number}");
}
