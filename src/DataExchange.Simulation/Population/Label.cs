namespace DataExchange.Simulation.Population;

/// <summary>A text that people read, in both languages.</summary>
/// <param name="Zh">Chinese; may be empty only where a word may be left out.</param>
/// <param name="En">English gloss of the same.</param>
public readonly record struct Label(string Zh, string En);

/// <summary>A label with the id by which data refer to it.</summary>
/// <param name="Id">Readable id, unique in its list.</param>
/// <param name="Zh">Chinese text.</param>
/// <param name="En">English gloss.</param>
public sealed record CodedLabel(string Id, string Zh, string En);

/// <summary>A label with the relative frequency of its use.</summary>
/// <param name="Zh">Chinese text.</param>
/// <param name="En">English gloss.</param>
/// <param name="Weight">Above 0; relative to the other weights of the list.</param>
public sealed record WeightedLabel(string Zh, string En, double Weight);
