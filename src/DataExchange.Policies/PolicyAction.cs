namespace DataExchange.Policies;

/// <summary>
/// The actions that rules are about: those of the ODRL 2.2 vocabulary under their own names (<c>sell</c>), those of this market's profile with
/// its prefix (<c>dx:call</c>).
/// </summary>
public static class PolicyAction
{
    /// <summary>Any use that is not a transfer.</summary>
    public const string Use = "use";

    /// <summary>To give the right away, for money or not.</summary>
    public const string Transfer = "transfer";

    /// <summary>To transfer it for money.</summary>
    public const string Sell = "sell";

    /// <summary>To hand the data on to third parties.</summary>
    public const string Distribute = "distribute";

    /// <summary>To let a third party use them.</summary>
    public const string GrantUse = "grantUse";

    /// <summary>To pay.</summary>
    public const string Compensate = "compensate";

    /// <summary>To call a metered interface; of this market's profile, included in <see cref="Use"/>.</summary>
    public const string Call = Vocabulary.ProfilePrefix + "call";

    // ODRL Vocabulary & Expression 2.2: those directly included in "use".
    private static readonly string[] InUse =
    [
        GrantUse, Compensate, "acceptTracking", "aggregate", "annotate", "anonymize", "archive", "attribute", "concurrentUse", "delete", "derive",
        "digitize", Distribute, "ensureExclusivity", "execute", "include", "index", "inform", "install", "modify", "move", "nextPolicy",
        "obtainConsent", "play", "present", "print", "read", "reproduce", "reviewPolicy", "stream", "synchronize", "textToSpeech", "transform",
        "translate", "uninstall", "watermark",
    ];

    // Each action with the one that directly includes it; null for the two that nothing includes.
    private static readonly Dictionary<string, string?> Parents = new(
        InUse.Select(action => KeyValuePair.Create(action, (string?)Use)), StringComparer.Ordinal)
    {
        [Use] = null,
        [Transfer] = null,
        [Sell] = Transfer,
        ["give"] = Transfer,
        ["extract"] = "reproduce",
        ["display"] = "play",
    };

    /// <summary>Every action of the ODRL vocabulary, in order.</summary>
    public static IReadOnlyList<string> OfOdrl { get; } = [.. Parents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether it is an action: one of ODRL, or one of the profile (its prefix and a name of letters, digits and hyphens).</summary>
    /// <param name="action">Its name.</param>
    public static bool IsKnown(string action) => Parents.ContainsKey(action) || IsOfProfile(action);

    /// <summary>The action that directly includes another: those of the profile are included in <see cref="Use"/>; null for the two that nothing includes.</summary>
    /// <param name="action">Its name.</param>
    public static string? ParentOf(string action) => Parents.TryGetValue(action, out var parent) ? parent : Use;

    /// <summary>Whether one action is the other or, over any number of steps, included in it (<c>odrl:includedIn</c>, transitive).</summary>
    /// <param name="action">The narrower.</param>
    /// <param name="other">The wider.</param>
    public static bool IsIncludedIn(string action, string other)
    {
        for (var current = action; current is not null; current = ParentOf(current))
        {
            if (current == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The action that a contract's word for its use names: the ODRL action of that name, else one of the profile.</summary>
    /// <param name="use">The word, such as <c>use</c> or <c>internal-analysis</c>; letters other than a to z, digits and hyphens become hyphens.</param>
    public static string Of(string use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (Parents.ContainsKey(use))
        {
            return use;
        }

        var name = string.Concat(use.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return name.Length == 0 ? Use : Vocabulary.ProfilePrefix + name;
    }

    private static bool IsOfProfile(string action) =>
        action.StartsWith(Vocabulary.ProfilePrefix, StringComparison.Ordinal)
        && action.Length > Vocabulary.ProfilePrefix.Length
        && action.AsSpan(Vocabulary.ProfilePrefix.Length).IndexOfAnyExcept(NameLetters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
}
