namespace DataExchange.Exchange.Verification;

/// <summary>Numbers texts from 1, so that facts keep four bytes instead of a text; 0 is no text.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = ["none"];

    internal int Count => _texts.Count - 1;

    internal int Of(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _texts.Count;
            _numbers.Add(text, number);
            _texts.Add(text);
        }

        return number;
    }

    internal string this[int number] => _texts[number];
}
