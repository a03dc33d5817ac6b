using System.Globalization;

namespace DataExchange.Ledger;

/// <summary>What an account counts: money in fen, or licence units of one product.</summary>
public readonly record struct Commodity
{
    private Commodity(long product) => Product = product;

    /// <summary>Chinese yuan in fen (1/100 yuan).</summary>
    public static Commodity CnyFen => default;

    /// <summary>The product whose licence units are counted, from 1; 0 for money.</summary>
    public long Product { get; }

    /// <summary>Licence units of a product.</summary>
    /// <param name="product">The product's number, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static Commodity LicenceUnits(long product)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(product, 1);
        return new Commodity(product);
    }

    /// <summary><c>CNY</c>, or <c>LIC41</c> for the units of product 41.</summary>
    public override string ToString() => Product == 0 ? "CNY" : string.Create(CultureInfo.InvariantCulture, $"LIC{Product}");
}
