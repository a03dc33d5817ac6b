using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Policies;

/// <summary>Writes a policy as JSON-LD. The context stands in the document, so that whoever reads it needs no network.</summary>
public static class PolicyWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As text.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="isIndented">Whether it has lines.</param>
    public static string Write(Policy policy, bool isIndented = true) => ToJson(policy).ToJsonString(isIndented ? Indented : Compact);

    /// <summary>As JSON.</summary>
    /// <param name="policy">The policy.</param>
    public static JsonObject ToJson(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var json = new JsonObject
        {
            ["@context"] = Context(),
            ["type"] = policy.Kind.ToString(),
            ["uid"] = policy.Uid,
        };
        if (policy.Profiles.Count > 0)
        {
            json["profile"] = policy.Profiles.Count == 1 ? policy.Profiles[0] : Array(policy.Profiles, profile => profile);
        }

        json["conflict"] = NameOf(policy.Conflict);
        Add(json, "permission", policy.Permissions, Of);
        Add(json, "prohibition", policy.Prohibitions, rule => Of(rule));
        Add(json, "obligation", policy.Obligations, Of);
        return json;
    }

    /// <summary>A strategy's name.</summary>
    internal static string NameOf(ConflictStrategy strategy) => strategy switch
    {
        ConflictStrategy.Perm => "perm",
        ConflictStrategy.Prohibit => "prohibit",
        _ => "invalid",
    };

    // Every name without a prefix is ODRL's. The terms below say which values are names or IRIs and not texts.
    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@vocab"] = Vocabulary.Odrl,
            ["odrl"] = Vocabulary.Odrl,
            ["dx"] = Vocabulary.Profile,
            ["hdl"] = Vocabulary.HandleIri,
            ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
            ["uid"] = "@id",
            ["type"] = "@type",
        };
        foreach (var iri in (string[])["profile", "target", "assigner", "assignee", "unit"])
        {
            context[iri] = new JsonObject { ["@type"] = "@id" };
        }

        foreach (var name in (string[])["conflict", "action", "leftOperand", "operator"])
        {
            context[name] = new JsonObject { ["@type"] = "@vocab" };
        }

        return context;
    }

    private static JsonObject Of(Permission rule)
    {
        var json = Of((PolicyRule)rule);
        Add(json, "duty", rule.Duties, Of);
        return json;
    }

    // What a duty asks for is a refinement of its action: pay so much.
    private static JsonObject Of(Duty duty)
    {
        var json = Head(duty);
        json["action"] = duty.Constraints.Count == 0 ? duty.Action : new JsonArray(new JsonObject
        {
            ["rdf:value"] = new JsonObject { ["@id"] = duty.Action.Contains(':', StringComparison.Ordinal) ? duty.Action : "odrl:" + duty.Action },
            ["refinement"] = Array(duty.Constraints, Of),
        });
        return json;
    }

    private static JsonObject Of(PolicyRule rule)
    {
        var json = Head(rule);
        json["action"] = rule.Action;
        Add(json, "constraint", rule.Constraints, Of);
        return json;
    }

    private static JsonObject Head(PolicyRule rule)
    {
        var json = new JsonObject { ["uid"] = rule.Uid };
        foreach (var (name, iri) in (ReadOnlySpan<(string, string?)>)[("target", rule.Target), ("assigner", rule.Assigner), ("assignee", rule.Assignee)])
        {
            if (iri is not null)
            {
                json[name] = iri;
            }
        }

        return json;
    }

    private static JsonObject Of(Constraint constraint)
    {
        var json = new JsonObject
        {
            ["leftOperand"] = Vocabulary.NameOf(constraint.Left),
            ["operator"] = Vocabulary.NameOf(constraint.Operator),
            ["rightOperand"] = constraint.Right.Count == 1
                ? Value(constraint.Left, constraint.Right[0])
                : new JsonObject { ["@list"] = Array(constraint.Right, value => Value(constraint.Left, value)) },
        };
        if (constraint.Left == LeftOperand.PayAmount)
        {
            json["unit"] = Vocabulary.Yuan;
        }

        return json;
    }

    private static JsonNode Value(LeftOperand left, string value) => Vocabulary.TypeOf(left) switch
    {
        ValueType.Moment => Typed(value, "dateTime"),
        ValueType.Number => Typed(value, "integer"),
        ValueType.Days => Typed($"P{value}D", "duration"),
        ValueType.Amount => Typed(YuanOf(value), "decimal"),
        _ when left == LeftOperand.Recipient => new JsonObject { ["@id"] = value },
        _ => JsonValue.Create(value),
    };

    private static string YuanOf(string fen)
    {
        var number = long.Parse(fen, NumberStyles.None, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{number / 100}.{number % 100:00}");
    }

    private static JsonObject Typed(string value, string type) => new() { ["@value"] = value, ["@type"] = "xsd:" + type };

    private static void Add<T>(JsonObject json, string name, IReadOnlyList<T> rules, Func<T, JsonNode> of)
    {
        if (rules.Count > 0)
        {
            json[name] = Array(rules, of);
        }
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);
}
