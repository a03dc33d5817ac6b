using DataExchange.Domain;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>A deal of a list, read.</summary>
/// <param name="Row">The row, from 1; the titles are row 1.</param>
/// <param name="Deal">The deal.</param>
/// <param name="At">When it was registered.</param>
/// <param name="Venue">The venue that it was filed at.</param>
/// <param name="Product">The product.</param>
/// <param name="ProductText">The product as the list has it.</param>
/// <param name="Title">Its title.</param>
/// <param name="TitleEn">Its title in English.</param>
/// <param name="Provider">Who sold.</param>
/// <param name="ProviderName">The provider's name.</param>
/// <param name="Buyer">Who bought.</param>
/// <param name="BuyerName">The buyer's name.</param>
/// <param name="AmountFen">The price, tax included, fen.</param>
/// <param name="Category">The exchange's category.</param>
/// <param name="Form">How it is delivered.</param>
/// <param name="Security">How sensitive the data are.</param>
/// <param name="Channel">The channel that the list names; null where it names none.</param>
/// <param name="Purpose">What the data are for.</param>
internal sealed record DealRow(
    int Row,
    DealId Deal,
    SimulatedTime At,
    VenueId Venue,
    ProductId Product,
    string ProductText,
    string Title,
    string TitleEn,
    PartyId Provider,
    string ProviderName,
    PartyId Buyer,
    string BuyerName,
    long AmountFen,
    string Category,
    ProductForm Form,
    SecurityClass Security,
    TradeChannel? Channel,
    string Purpose);

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The row, from 1; the titles are row 1.</param>
/// <param name="Column">The column's title in the file; empty for the row as a whole.</param>
/// <param name="Told">The value and what is allowed.</param>
internal sealed record RowProblem(int Row, string Column, string Told)
{
    /// <inheritdoc />
    public override string ToString() => Column.Length > 0 ? $"row {Row}, column {Column}: {Told}" : $"row {Row}: {Told}";
}

/// <summary>A list of deals, read.</summary>
/// <param name="Rows">The rows that can be used, in the order of the file.</param>
/// <param name="Problems">What is wrong with the others.</param>
/// <param name="Records">How many rows there are besides the titles.</param>
/// <param name="Ignored">Columns that are not used.</param>
internal sealed record DealList(IReadOnlyList<DealRow> Rows, IReadOnlyList<RowProblem> Problems, int Records, IReadOnlyList<string> Ignored);
