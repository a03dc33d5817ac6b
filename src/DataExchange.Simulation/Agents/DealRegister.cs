using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Simulation.Population;

namespace DataExchange.Simulation.Agents;

/// <summary>A purchase from the shelf that a venue registered.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">What was sold.</param>
/// <param name="Traits">What it is compared by.</param>
/// <param name="UnitPriceFen">For how much a unit, fen.</param>
/// <param name="At">When it was registered.</param>
public readonly record struct RegisteredSale(DealId Deal, ProductId Product, ProductTraits Traits, long UnitPriceFen, SimulatedTime At);

/// <summary>What the venues' registers show of late, by unit of the price: where a valuer looks for comparables. Of each product it keeps the last sale.</summary>
public sealed class DealRegister
{
    private const int Kept = 256;
    private const int UsualQuality = 85;
    private readonly Dictionary<PriceUnit, LinkedList<RegisteredSale>> _sales = [];
    private readonly Dictionary<ProductId, LinkedListNode<RegisteredSale>> _last = [];
    private readonly Dictionary<ProductId, int> _qualities = [];
    private readonly Dictionary<ProductId, ProductTitle> _titles = [];

    /// <summary>Notes the title under which a product was registered.</summary>
    public void Title(ProductId product, ProductTitle title) => _titles[product] = title;

    /// <summary>The title under which a product was registered; empty where none is known.</summary>
    public ProductTitle TitleOf(ProductId product) => _titles.GetValueOrDefault(product, new ProductTitle("", ""));

    /// <summary>Notes the score of a product's quality evaluation.</summary>
    public void Grade(ProductId product, int score) => _qualities[product] = score;

    /// <summary>Score of a product's quality evaluation, 0 to 100; 85 where none is known.</summary>
    public int QualityOf(ProductId product) => _qualities.GetValueOrDefault(product, UsualQuality);

    /// <summary>Notes a sale.</summary>
    public void Note(PriceUnit unit, RegisteredSale sale)
    {
        if (!_sales.TryGetValue(unit, out var sales))
        {
            _sales.Add(unit, sales = []);
        }

        if (_last.Remove(sale.Product, out var earlier))
        {
            earlier.List?.Remove(earlier);
        }

        _last.Add(sale.Product, sales.AddLast(sale));
        if (sales.Count > Kept)
        {
            _last.Remove(sales.First!.Value.Product);
            sales.RemoveFirst();
        }
    }

    /// <summary>The last sales of the 256 products that were sold last by a unit, the earliest first.</summary>
    public IEnumerable<RegisteredSale> Of(PriceUnit unit) => _sales.TryGetValue(unit, out var sales) ? sales : [];
}
