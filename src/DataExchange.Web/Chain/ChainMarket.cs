using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Chain;

/// <summary>What a part of the industry chain offers, and what is wanted of it.</summary>
/// <param name="Products">Products on the shelves now.</param>
/// <param name="Deals">Transactions of its products.</param>
/// <param name="SalesFen">Their amount, fen.</param>
/// <param name="Wanted">Requirements for its data that were ever posted.</param>
/// <param name="Met">Of these, met.</param>
public sealed record ChainSums(int Products, int Deals, long SalesFen, int Wanted, int Met)
{
    /// <summary>Nothing of anything.</summary>
    public static ChainSums None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Requirements that were not met, or not yet.</summary>
    public int Unmet => Wanted - Met;

    /// <summary>Sums up two parts.</summary>
    /// <param name="one">A part.</param>
    /// <param name="other">Another.</param>
    public static ChainSums operator +(ChainSums one, ChainSums other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(one.Products + other.Products, one.Deals + other.Deals, one.SalesFen + other.SalesFen, one.Wanted + other.Wanted, one.Met + other.Met);
    }
}

/// <summary>Supply and demand along the industry chain.</summary>
public sealed class ChainMarket
{
    private readonly Dictionary<string, ChainSums> _sums;

    private ChainMarket(ChainFacts chain, Dictionary<string, ChainSums> sums) => (Chain, _sums) = (chain, sums);

    /// <summary>The graph.</summary>
    public ChainFacts Chain { get; }

    /// <summary>How many flows go from one ecosystem to another, the most first; none within one.</summary>
    public IEnumerable<(string From, string To, int Flows)> BetweenEcosystems => Chain.Flows
        .Select(flow => (From: flow.From.Split('.')[0], To: flow.To.Split('.')[0])).Where(pair => pair.From != pair.To)
        .GroupBy(pair => pair).Select(group => (group.Key.From, group.Key.To, group.Count()))
        .OrderByDescending(flow => flow.Item3).ThenBy(flow => flow.From, StringComparer.Ordinal).ThenBy(flow => flow.To, StringComparer.Ordinal);

    /// <summary>Sums up a market. A sub-track that the graph does not have counts nowhere.</summary>
    /// <param name="chain">The graph.</param>
    /// <param name="shelf">The shelves.</param>
    /// <param name="requirements">All requirements.</param>
    public static ChainMarket Of(ChainFacts chain, ShelfIndex shelf, IEnumerable<RequirementView> requirements)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(shelf);
        var sums = chain.Nodes.ToDictionary(node => node.Id, _ => ChainSums.None, StringComparer.Ordinal);
        foreach (var product in shelf.Products)
        {
            Add(product.SubTrack, new ChainSums(product.IsOnShelf ? 1 : 0, product.Deals, product.SalesFen, 0, 0));
        }

        foreach (var requirement in requirements)
        {
            Add(requirement.SubTrack, new ChainSums(0, 0, 0, 1, requirement.Stage == RequirementStage.Met ? 1 : 0));
        }

        return new ChainMarket(chain, sums);

        void Add(string subTrack, ChainSums more)
        {
            for (var node = chain.Find(subTrack); node is not null; node = chain.Find(node.Parent))
            {
                sums[node.Id] += more;
            }
        }
    }

    /// <summary>A node with all below it.</summary>
    /// <param name="id">The node.</param>
    public ChainSums At(string id) => _sums.GetValueOrDefault(id, ChainSums.None);
}
