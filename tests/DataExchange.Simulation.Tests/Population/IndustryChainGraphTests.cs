using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Population;

namespace DataExchange.Simulation.Tests.Population;

public sealed class IndustryChainGraphTests
{
    private static readonly IndustryChainGraph Graph = PopulationData.Load().Graph;

    [Fact]
    public void There_are_five_ecosystems_and_197_sub_tracks_in_four_levels()
    {
        Assert.Equal(5, Graph.Ecosystems.Count);
        Assert.Equal(197, Graph.SubTracks.Count);
        Assert.Equal([ChainLevel.Ecosystem, ChainLevel.Chain, ChainLevel.Track, ChainLevel.SubTrack], Graph.Nodes.Select(n => n.Level).Distinct().Order());
        Assert.All(Graph.Ecosystems, ecosystem => Assert.InRange(Graph.SubTracks.Count(s => s.Ecosystem == ecosystem.Ecosystem), 35, 45));
    }

    [Fact]
    public void Ids_and_sub_track_names_are_unique_and_every_node_has_both_languages()
    {
        Assert.Equal(Graph.Nodes.Count, Graph.Nodes.Select(node => node.Id).Distinct().Count());
        Assert.Equal(197, Graph.SubTracks.Select(node => node.Name.Zh).Distinct().Count());
        Assert.Equal(197, Graph.SubTracks.Select(node => node.Name.En).Distinct().Count());
        Assert.All(Graph.Nodes, node => Assert.True(node.Name is { Zh.Length: > 0, En.Length: > 0 }));
        Assert.All(Graph.Nodes, node => Assert.Matches("^[a-z0-9-]+(\\.[a-z0-9-]+){0,3}$", node.Id));
    }

    [Fact]
    public void Every_sub_track_sits_under_a_track_a_chain_and_an_ecosystem()
    {
        for (var number = 0; number < Graph.SubTracks.Count; number++)
        {
            var ancestry = Graph.Ancestry(number);
            Assert.Equal([ChainLevel.SubTrack, ChainLevel.Track, ChainLevel.Chain, ChainLevel.Ecosystem], ancestry.Select(node => node.Level));
            Assert.Equal(number, Graph.SubTrackNumber(ancestry[0].Id));
            Assert.All(ancestry, node => Assert.Equal(ancestry[0].Ecosystem, node.Ecosystem));
            Assert.Same(Graph.Ecosystems[ancestry[0].Ecosystem], ancestry[3]);
        }
    }

    [Fact]
    public void Every_sub_track_has_suppliers_and_customers_and_the_two_views_agree()
    {
        for (var number = 0; number < Graph.SubTracks.Count; number++)
        {
            Assert.NotEmpty(Graph.SuppliersOf(number));
            Assert.NotEmpty(Graph.CustomersOf(number));
            foreach (var link in Graph.CustomersOf(number))
            {
                var back = Assert.Single(Graph.SuppliersOf(link.SubTrack), supplier => supplier.SubTrack == number);
                Assert.Equal(link.DataKinds, back.DataKinds);
                Assert.All(link.DataKinds, kind => Assert.InRange(kind, 0, Graph.DataKinds.Count - 1));
            }
        }
    }

    [Fact]
    public void Demand_reaches_every_sub_track_from_every_other()
    {
        var reached = new HashSet<int> { 0 };
        var queue = new Queue<int>(reached);
        while (queue.TryDequeue(out var number))
        {
            Graph.SuppliersOf(number).Where(link => reached.Add(link.SubTrack)).ToList().ForEach(link => queue.Enqueue(link.SubTrack));
        }

        Assert.Equal(197, reached.Count);
    }

    [Fact]
    public void An_unknown_sub_track_is_named() =>
        Assert.Contains("'smart-iot.chips'", Assert.Throws<ArgumentException>(() => Graph.SubTrackNumber("smart-iot.chips")).Message);
}
