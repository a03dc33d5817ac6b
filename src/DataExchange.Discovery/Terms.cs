using System.Text;

namespace DataExchange.Discovery;

/// <summary>
/// The terms of a text: of each run of Chinese characters every pair of neighbours (a single character where it stands alone), of Latin letters and
/// digits whole words in small letters. Chinese is written without spaces, and pairs do about as well as segmentation (Nie, Gao, Zhang and Zhou 2000,
/// "On the use of words and n-grams for Chinese information retrieval").
/// </summary>
public static class Terms
{
    private enum Script
    {
        None,
        Latin,
        Han,
    }

    /// <summary>The terms of a text in the order in which they stand, each as often as it occurs.</summary>
    /// <param name="text">Any text; what is neither a Chinese character, a letter nor a digit parts the others.</param>
    public static IEnumerable<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Split(text);
    }

    private static IEnumerable<string> Split(string text)
    {
        var run = new StringBuilder();
        var script = Script.None;
        foreach (var character in text)
        {
            var next = ScriptOf(character);
            if (next != script)
            {
                foreach (var term in TermsOf(run, script))
                {
                    yield return term;
                }

                run.Clear();
                script = next;
            }

            run.Append(character);
        }

        foreach (var term in TermsOf(run, script))
        {
            yield return term;
        }
    }

    private static IEnumerable<string> TermsOf(StringBuilder run, Script script)
    {
        if (script == Script.Latin)
        {
            yield return run.ToString().ToLowerInvariant();
        }
        else if (script == Script.Han)
        {
            var characters = run.ToString();
            for (var i = 0; i < Math.Max(1, characters.Length - 1); i++)
            {
                yield return characters.Substring(i, Math.Min(2, characters.Length - i));
            }
        }
    }

    private static Script ScriptOf(char character) =>
        character is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' ? Script.Han
        : char.IsAsciiLetterOrDigit(character) || (char.IsLetterOrDigit(character) && character < '\u2e80') ? Script.Latin
        : Script.None;
}
