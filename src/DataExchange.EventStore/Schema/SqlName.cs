namespace DataExchange.EventStore.Schema;

/// <summary>Names put into SQL text, where parameters are not possible.</summary>
internal static class SqlName
{
    /// <summary>Accepts a schema name that needs no quotes, so that it can be written into SQL as it is.</summary>
    /// <exception cref="ArgumentException">The name is not lower-case letters, digits and underscores, or too long.</exception>
    public static string Checked(string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(schema);
        var plain = schema.Length <= 63
            && !char.IsAsciiDigit(schema[0])
            && schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        return plain
            ? schema
            : throw new ArgumentException(
                $"Schema name '{schema}': allowed are lower-case letters, digits and underscores, at most 63, not starting with a digit.",
                nameof(schema));
    }
}
