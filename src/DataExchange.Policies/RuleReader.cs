using System.Text.Json;

namespace DataExchange.Policies;

/// <summary>Reads the rules of a policy. What stands at the policy itself holds for each of them (ODRL Information Model 2.2, 2.7.1).</summary>
internal sealed class RuleReader(string policy, JsonFields common)
{
    private static readonly string[] OfRule = ["uid", "type", "target", "assigner", "assignee", "action", "constraint"];

    internal IEnumerable<Permission> Permissions(JsonElement? json) => Rules(json, "permission", ["duty"]).Select(rule => new Permission(
        rule.Uid, rule.Action, rule.Target, rule.Assigner, rule.Assignee, rule.Constraints,
        [.. Duties(rule.Fields.Get("duty"), rule.Fields.At("duty"), rule.Uid)]));

    internal IEnumerable<Prohibition> Prohibitions(JsonElement? json) => Rules(json, "prohibition", []).Select(rule => new Prohibition(
        rule.Uid, rule.Action, rule.Target, rule.Assigner, rule.Assignee, rule.Constraints));

    /// <summary>Duties of a permission, or obligations of the policy.</summary>
    /// <param name="json">One or a list.</param>
    /// <param name="place">Where they stand.</param>
    /// <param name="owner">Uid of what they belong to.</param>
    internal static IEnumerable<Duty> Duties(JsonElement? json, string place, string owner)
    {
        var index = 0;
        foreach (var item in JsonFields.Items(json))
        {
            var at = $"{place}[{index++}]";
            var fields = JsonFields.Of(item, at, OfRule);
            foreach (var (action, refinements) in Actions(fields.Get("action") ?? throw Missing(at, "action"), fields.At("action")))
            {
                yield return new Duty(
                    fields.Iri("uid") ?? $"{owner}{(owner.Contains('#', StringComparison.Ordinal) ? '-' : '#')}duty-{index}", action, fields.Iri("target"),
                    fields.Iri("assigner"), fields.Iri("assignee"), [.. refinements, .. Constraints(fields.Get("constraint"), fields.At("constraint"))]);
            }
        }
    }

    private IEnumerable<Read> Rules(JsonElement? json, string place, string[] more)
    {
        var index = 0;
        foreach (var item in JsonFields.Items(json))
        {
            var at = $"{place}[{index++}]";
            var fields = JsonFields.Of(item, at, [.. OfRule, .. more]);
            var target = fields.Iri("target") ?? common.Iri("target") ?? throw Missing(at, "target");
            Constraint[] constraints = [.. Constraints(fields.Get("constraint"), fields.At("constraint"))];
            var action = fields.Get("action") ?? common.Get("action") ?? throw Missing(at, "action");
            var uid = fields.Iri("uid") ?? $"{policy}{(policy.Contains('#', StringComparison.Ordinal) ? '-' : '#')}{place}-{index}";
            // A rule about several actions is as many rules.
            var actions = Actions(action, fields.At("action")).ToArray();
            for (var number = 0; number < actions.Length; number++)
            {
                yield return new Read(
                    fields, number == 0 ? uid : $"{uid}-{number + 1}", actions[number].Action, target,
                    fields.Iri("assigner") ?? common.Iri("assigner"), fields.Iri("assignee") ?? common.Iri("assignee"),
                    [.. actions[number].Refinements, .. constraints]);
            }
        }
    }

    private static IEnumerable<(string Action, IReadOnlyList<Constraint> Refinements)> Actions(JsonElement json, string place)
    {
        var items = JsonFields.Items(json).ToArray();
        if (items.Length == 0)
        {
            throw new PolicyFormatException(place, "a rule has at least one action");
        }

        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                yield return (Known(JsonFields.TextOf(item, place), place), []);
                continue;
            }

            var fields = JsonFields.Of(item, place, "rdf:value", "uid", "type", "refinement");
            var name = fields.Get("rdf:value") is { } value ? JsonFields.IriOf(value, fields.At("rdf:value")) : fields.Name("uid") ?? throw Missing(place, "rdf:value");
            yield return (Known(name, place), [.. Constraints(fields.Get("refinement"), fields.At("refinement"))]);
        }
    }

    private static string Known(string text, string place)
    {
        var action = JsonFields.NameOf(text);
        return PolicyAction.IsKnown(action) ? action : throw new PolicyFormatException(
            place, $"'{text}' is no action: allowed are those of ODRL 2.2 ({string.Join(", ", PolicyAction.OfOdrl)}) and {Vocabulary.ProfilePrefix}NAME");
    }

    private static IEnumerable<Constraint> Constraints(JsonElement? json, string place) =>
        JsonFields.Items(json).Select((item, index) => ConstraintReader.Read(item, $"{place}[{index}]"));

    private static PolicyFormatException Missing(string place, string name) => new($"{place}.{name}", "it is missing");

    private sealed record Read(
        JsonFields Fields, string Uid, string Action, string Target, string? Assigner, string? Assignee, IReadOnlyList<Constraint> Constraints);
}
