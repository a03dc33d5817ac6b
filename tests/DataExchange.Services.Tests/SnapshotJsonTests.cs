using System.Text;
using DataExchange.Exchange;
using DataExchange.Services.Snapshots;
using Market = DataExchange.Exchange.Tests.SmallMarket;

namespace DataExchange.Services.Tests;

/// <summary>Whatever a stream's state is: saved and read again, it goes on as if all its facts had been read.</summary>
public sealed class SnapshotJsonTests
{
    [Fact]
    public async Task A_state_that_was_saved_goes_on_as_the_one_that_was_not()
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var market in (Market[])[await Market.RunAsync(), await Market.WithATradedBookAsync(), await Market.WithClaimsAsync(), await Market.RunSandboxAsync(), await Market.RunRequirementsAsync(), await Market.WithAuctionsAsync(), await Market.WithPricePoliciesAsync()])
        {
            foreach (var stream in market.Events.Select((fact, index) => (Fact: fact, Index: index)).GroupBy(one => one.Fact.Stream))
            {
                var facts = stream.Select(one => one.Fact).ToList();
                var kind = StreamKind.Of(stream.Key);
                // Between two commands, and what a command records in a stream it records at once.
                foreach (var count in market.CommandEnds.Select(end => stream.Count(one => one.Index < end)).Where(count => count > 0).Distinct())
                {
                    var saved = SnapshotJson.Write(kind, Loaded(stream.Key, null, facts[..count]).SnapshotOf(stream.Key)!);
                    var read = SnapshotJson.Read(kind, count, saved);
                    Assert.Equal(Text(saved), Text(SnapshotJson.Write(kind, read)));

                    var onwards = Loaded(stream.Key, read, facts[count..]);
                    var whole = Loaded(stream.Key, null, facts);
                    Assert.Equal(facts.Count, onwards.VersionOf(stream.Key));
                    Assert.Equal(Text(SnapshotJson.Write(kind, whole.SnapshotOf(stream.Key)!)), Text(SnapshotJson.Write(kind, onwards.SnapshotOf(stream.Key)!)));
                    kinds.Add(kind.Name);
                }
            }
        }

        Assert.Equal(StreamKind.All.Select(kind => kind.Name).Where(name => name != "log").Order(StringComparer.Ordinal), kinds);
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    private static StreamTable Loaded(string stream, StreamSnapshot? snapshot, IReadOnlyList<RecordedEvent> facts)
    {
        var table = new StreamTable();
        table.Load(stream, snapshot, facts);
        return table;
    }
}
