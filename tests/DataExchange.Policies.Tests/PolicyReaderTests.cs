using static DataExchange.Policies.Tests.Given;

namespace DataExchange.Policies.Tests;

public sealed class PolicyReaderTests
{
    private const string Small =
        """
        {"@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Agreement", "uid": "http://example.com/policy:1", "profile": [],
         "target": "http://example.com/asset:1", "assigner": {"uid": "http://example.com/a", "type": "Party"}, "assignee": "http://example.com/b",
         "permission": [{"action": ["odrl:read", "http://www.w3.org/ns/odrl/2/print"], "dct:title": "passed over",
           "constraint": [{"leftOperand": "dateTime", "operator": "lt", "rightOperand": {"@value": "2025-01-01", "@type": "xsd:date"}},
                          {"leftOperand": "count", "operator": "lteq", "rightOperand": 5}],
           "duty": [{"action": [{"rdf:value": {"@id": "odrl:compensate"},
             "refinement": [{"leftOperand": "payAmount", "operator": "eq", "rightOperand": {"@value": "5.00", "@type": "xsd:decimal"}, "unit": "http://dbpedia.org/resource/Renminbi"}]}]}]}]}
        """;

    [Fact]
    public void What_stands_at_the_policy_holds_for_each_rule_and_a_rule_of_two_actions_is_two()
    {
        var policy = PolicyReader.Read(Small);

        Assert.Equal(PolicyKind.Agreement, policy.Kind);
        Assert.Equal(ConflictStrategy.Invalid, policy.Conflict);
        Assert.Equal(["read", "print"], policy.Permissions.Select(rule => rule.Action));
        Assert.Equal(["http://example.com/policy:1#permission-1", "http://example.com/policy:1#permission-1-2"], policy.Permissions.Select(rule => rule.Uid));
        Assert.All(policy.Permissions, rule =>
        {
            Assert.Equal(("http://example.com/asset:1", "http://example.com/a", "http://example.com/b"), (rule.Target, rule.Assigner, rule.Assignee));
            Assert.Equal(["2025-01-01T00:00:00+08:00", "5"], rule.Constraints.Select(constraint => constraint.Right[0]));
            Assert.Equal("500", rule.Duties[0].Constraints[0].Right[0]);
        });
    }

    [Theory]
    [InlineData("\"Agreement\"", "\"Ticket\"", "type: 'Ticket' cannot be evaluated: allowed are Set, Offer, Agreement")]
    [InlineData("\"profile\": []", "\"profile\": \"http://example.com/p\"", "profile: 'http://example.com/p' is not known")]
    [InlineData("\"profile\": []", "\"conflict\": \"maybe\"", "conflict: 'maybe' is no strategy: allowed are perm, prohibit, invalid")]
    [InlineData("\"profile\": []", "\"inheritFrom\": \"http://example.com/p\"", "inheritFrom: policies that inherit from others cannot be evaluated")]
    [InlineData("\"profile\": []", "\"permision\": []", "permision: there is no such property here: allowed are")]
    [InlineData("\"profile\": []", "\"uid\": \"http://example.com/policy:2\"", "no JSON")]
    [InlineData("\"profile\": []", "\"@id\": \"http://example.com/policy:2\"", "uid: it stands there twice")]
    [InlineData("\"uid\": \"http://example.com/policy:1\"", "\"uid\": \"policy\"", "uid: 'policy' is no IRI")]
    [InlineData("\"assignee\": \"http://example.com/b\",", "", "a rule of an Agreement names its assigner and its assignee")]
    [InlineData("\"target\": \"http://example.com/asset:1\",", "", "permission[0].target: it is missing")]
    [InlineData("\"odrl:read\"", "\"odrl:eat\"", "permission[0].action: 'odrl:eat' is no action: allowed are those of ODRL 2.2 (acceptTracking,")]
    [InlineData("\"dateTime\"", "\"version\"", "permission[0].constraint[0].leftOperand: 'version' cannot be evaluated: allowed are purpose,")]
    [InlineData("\"lt\"", "\"below\"", "permission[0].constraint[0].operator: 'below' is no operator: allowed are eq,")]
    [InlineData("\"lt\"", "\"isAnyOf\"", "permission[0].constraint[0]: operator isAnyOf does not go with dateTime: allowed are eq, neq, lt, lteq, gt, gteq")]
    [InlineData("2025-01-01", "tomorrow", "right operand 'tomorrow' is no value of dateTime: needed is a moment such as")]
    [InlineData("\"rightOperand\": 5", "\"rightOperand\": 5.5", "right operand '5.5' is no value of count: needed is a whole number")]
    [InlineData("\"rightOperand\": 5", "\"rightOperand\": [5, 6]", "2 right operands do not go with operator lteq")]
    [InlineData("\"5.00\"", "\"5.001\"", "right operand '5.001 (yuan)' is no value of payAmount")]
    [InlineData("Renminbi", "Euro", "duty[0].action.refinement[0].unit: 'http://dbpedia.org/resource/Euro' is no currency of this market")]
    [InlineData("\"constraint\": [", "\"constraint\": [{\"or\": []},", "permission[0].constraint[0].or: logical constraints cannot be evaluated")]
    [InlineData("\"permission\": [", "\"prohibition\": [", "duty: there is no such property here")]
    public void What_cannot_be_evaluated_is_an_error_that_names_place_value_and_what_is_allowed(string text, string changed, string message)
    {
        Assert.Contains(text, Small, StringComparison.Ordinal);
        var wrong = Assert.Throws<PolicyFormatException>(() => PolicyReader.Read(Small.Replace(text, changed, StringComparison.Ordinal)));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"uid\": \"urn:x\", \"type\": \"Set\"}")]
    public void What_is_no_policy_is_an_error(string text) => Assert.Throws<PolicyFormatException>(() => PolicyReader.Read(text));

    [Fact]
    public void What_was_written_is_read_as_it_was()
    {
        var text = PolicyWriter.Write(Agreement);
        var read = PolicyReader.Read(text);
        Assert.Equal(text, PolicyWriter.Write(read));
        Assert.Equal(Decide().Verdict, PolicyEvaluator.Evaluate(read, Request, State).Verdict);
    }
}
