namespace DataExchange.Reports.Words;

/// <summary>What people read, in both languages of the reports.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public readonly record struct Text(string Zh, string En)
{
    /// <summary>The same in both languages: a name, a number.</summary>
    public static Text Same(string text) => new(text, text);

    /// <inheritdoc />
    public override string ToString() => En;
}
