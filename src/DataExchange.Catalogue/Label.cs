namespace DataExchange.Catalogue;

/// <summary>A word for people in both languages.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public readonly record struct Label(string Zh, string En)
{
    /// <summary>The same in both languages: a name, a number.</summary>
    public static Label Same(string text) => new(text, text);

    /// <inheritdoc />
    public override string ToString() => $"{Zh} {En}";
}
