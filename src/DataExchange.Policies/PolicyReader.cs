using System.Text.Json;

namespace DataExchange.Policies;

/// <summary>A text is no policy that can be evaluated; the message names the place, what stands there and what is allowed.</summary>
/// <param name="place">Where: <c>permission[0].action</c>.</param>
/// <param name="problem">What is wrong there.</param>
public sealed class PolicyFormatException(string place, string problem) : Exception($"{place}: {problem}")
{
    /// <summary>Where: <c>permission[0].action</c>.</summary>
    public string Place { get; } = place;
}

/// <summary>
/// Reads a policy from ODRL's compact JSON-LD: names as in ODRL's own context, with the prefix <c>odrl:</c> or as whole IRIs. It is no JSON-LD
/// processor: a context that gives names other meanings is not looked at. What would change the meaning and cannot be evaluated is an error;
/// properties of other vocabularies (<c>dct:title</c>) are passed over.
/// </summary>
public static class PolicyReader
{
    private static readonly string[] OfPolicy =
        ["@context", "type", "uid", "profile", "conflict", "permission", "prohibition", "obligation", "target", "assigner", "assignee", "action"];

    /// <summary>Reads it.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="PolicyFormatException">It is no policy, or says what cannot be evaluated.</exception>
    public static Policy Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Of(document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new PolicyFormatException("document", $"no JSON: {malformed.Message}");
        }
    }

    private static Policy Of(JsonElement root)
    {
        var fields = JsonFields.Of(root, "policy", OfPolicy);
        var uid = fields.Iri("uid") ?? throw new PolicyFormatException("uid", "a policy has the IRI of itself here");
        var kind = fields.Name("type") switch
        {
            null or "Policy" or "Set" => PolicyKind.Set,
            "Offer" => PolicyKind.Offer,
            "Agreement" => PolicyKind.Agreement,
            var other => throw new PolicyFormatException("type", $"'{other}' cannot be evaluated: allowed are Set, Offer, Agreement"),
        };
        var conflict = fields.Name("conflict") switch
        {
            null or "invalid" => ConflictStrategy.Invalid,
            "perm" => ConflictStrategy.Perm,
            "prohibit" => ConflictStrategy.Prohibit,
            var other => throw new PolicyFormatException("conflict", $"'{other}' is no strategy: allowed are perm, prohibit, invalid"),
        };
        string[] profiles = [.. JsonFields.Items(fields.Get("profile")).Select((item, index) => JsonFields.IriOf(item, $"profile[{index}]"))];
        if (profiles.FirstOrDefault(profile => profile != Vocabulary.Profile) is { } foreign)
        {
            throw new PolicyFormatException("profile", $"'{foreign}' is not known, so its rules cannot be evaluated: allowed is {Vocabulary.Profile}");
        }

        var rules = new RuleReader(uid, fields);
        Permission[] permissions = [.. rules.Permissions(fields.Get("permission"))];
        Prohibition[] prohibitions = [.. rules.Prohibitions(fields.Get("prohibition"))];
        Duty[] obligations = [.. RuleReader.Duties(fields.Get("obligation"), "obligation", uid)];
        if (permissions.Length + prohibitions.Length + obligations.Length == 0)
        {
            throw new PolicyFormatException("policy", "it has no permission, prohibition or obligation: a policy has at least one");
        }

        // An agreement without its parties binds nobody (ODRL Information Model 2.2, 2.1.3 and 2.1.2).
        foreach (var rule in (IEnumerable<PolicyRule>)[.. permissions, .. prohibitions])
        {
            if ((kind != PolicyKind.Set && rule.Assigner is null) || (kind == PolicyKind.Agreement && rule.Assignee is null))
            {
                throw new PolicyFormatException(rule.Uid, $"a rule of an {kind} names its assigner{(kind == PolicyKind.Agreement ? " and its assignee" : "")}");
            }
        }

        var twice = ((IEnumerable<PolicyRule>)[.. permissions, .. permissions.SelectMany(rule => rule.Duties), .. prohibitions, .. obligations])
            .GroupBy(rule => rule.Uid).FirstOrDefault(group => group.Count() > 1 && group.Any(rule => rule is not Duty));
        return twice is null
            ? new Policy(uid, kind, conflict, profiles, permissions, prohibitions, obligations)
            : throw new PolicyFormatException("uid", $"'{twice.Key}' is the name of several rules: each has its own");
    }
}
