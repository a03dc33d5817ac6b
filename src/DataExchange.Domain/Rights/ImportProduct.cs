namespace DataExchange.Domain.Rights;

/// <summary>Where the description of a product comes from that was registered from a catalogue.</summary>
/// <param name="Catalogue">SHA-256 of the catalogue file's bytes, hexadecimal.</param>
/// <param name="Record">Number of the record in the catalogue, from 1.</param>
/// <param name="Identifier">The record's own identifier; empty when it has none.</param>
/// <param name="Publisher">The publisher as the record names it; empty when it names none.</param>
/// <param name="Format">What the file was read as: <c>dcat</c>, <c>data.json</c>, <c>ckan</c>, or <c>csv</c> for a list of deals.</param>
public sealed record ProductSource(string Catalogue, int Record, string Identifier, string Publisher, string Format);

/// <summary>The application came from a catalogue: which file, and which record of it. It stands right after the registration or its refusal.</summary>
/// <param name="Product">The product.</param>
/// <param name="Catalogue">SHA-256 of the catalogue file's bytes, hexadecimal.</param>
/// <param name="Record">Number of the record in the catalogue, from 1.</param>
/// <param name="Identifier">The record's own identifier; empty when it has none.</param>
/// <param name="Publisher">The publisher as the record names it; empty when it names none.</param>
/// <param name="Format">What the file was read as: <c>dcat</c>, <c>data.json</c>, <c>ckan</c>, or <c>csv</c> for a list of deals; empty where version 1 did not record it.</param>
[EventName("product_imported", 2)]
public sealed record ProductImported(ProductId Product, string Catalogue, int Record, string Identifier, string Publisher, string Format) : Event;

/// <summary>The application came from a catalogue. Version 1 did not say what the file had been read as.</summary>
/// <param name="Product">The product.</param>
/// <param name="Catalogue">SHA-256 of the catalogue file's bytes, hexadecimal.</param>
/// <param name="Record">Number of the record in the catalogue, from 1.</param>
/// <param name="Identifier">The record's own identifier; empty when it has none.</param>
/// <param name="Publisher">The publisher as the record names it; empty when it names none.</param>
[EventName("product_imported")]
public sealed record ProductImportedV1(ProductId Product, string Catalogue, int Record, string Identifier, string Publisher) : FormerEvent<ProductImported>
{
    /// <inheritdoc />
    protected override Event Upcast() => new ProductImported(Product, Catalogue, Record, Identifier, Publisher, "") { At = At, By = By };
}
