using System.CommandLine;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Policies;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx policy</c>: what is offered or agreed, as an ODRL policy; <c>dx policy check</c>: a use request against it.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("DEAL|PRODUCT")
        {
            Description = "Whose policy: a deal's agreement, e.g. C000001 or firm-0012-0003, or a product's offer, e.g. P000042",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var json = new Option<bool>("--json") { Description = "Print the policy as JSON-LD (ODRL 2.2) in one line; amounts there are in yuan" };
        var command = new Command(
            "policy",
            "Print what is offered or was agreed as an ODRL 2.2 policy; 'check' evaluates a use request against it (docs/policies.md)\n\n"
            + "  ./dx policy P000042\n  ./dx policy C000001 --json\n  ./dx policy check C000001 --action read --purpose 授信审批 --region CN-33")
        {
            name, data, postgres, json, PolicyCheckCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(name) ?? throw new WrongInputException("DEAL|PRODUCT is missing: a deal such as C000001, a product such as P000042, or 'check'"),
            parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var policies = new StoredPolicies(new StoredEvents(opened.Database));
        var stream = await policies.FindAsync(name, "DEAL|PRODUCT", ["deal", "product"], cancellation).ConfigureAwait(false);
        var id = stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var policy = stream.StartsWith("deal/", StringComparison.Ordinal)
            ? MarketPolicies.AgreementOf(await policies.StandingAsync(new DealId(id), null, cancellation).ConfigureAwait(false))
                ?? throw new CommandFailedException($"{stream} has no policy: no contract was agreed; './dx show {stream}' tells why.")
            : await policies.OfferAsync(new ProductId(id), null, cancellation).ConfigureAwait(false)
                ?? throw new CommandFailedException($"{stream} has no policy: it was never offered at a venue; './dx show {stream}' tells why.");
        if (json)
        {
            Console.WriteLine(PolicyWriter.Write(policy, isIndented: false));
            return 0;
        }

        Print(stream, policy);
        return 0;
    }

    private static void Print(string stream, Policy policy)
    {
        var kind = PolicyWords.Of(policy.Kind);
        Console.WriteLine($"{stream}  {kind.Zh} {kind.En}  {policy.Uid}");
        Console.WriteLine("规则冲突时禁止优先；未获允许的使用一律拒绝  prohibitions override; what nothing permits is denied");
        foreach (var rule in (IEnumerable<PolicyRule>)[.. policy.Permissions, .. policy.Prohibitions, .. policy.Obligations])
        {
            var (of, action) = (PolicyWords.Of(rule), PolicyWords.OfAction(rule.Action));
            Console.WriteLine();
            Console.WriteLine($"{of.Zh} {of.En}: {action.Zh} {action.En} [{rule.Action}]   {rule.Uid[(rule.Uid.IndexOf('#', StringComparison.Ordinal) + 1)..]}");
            Console.WriteLine($"    {Parties(rule)}");
            PrintConstraints(rule, "    ");
            foreach (var duty in rule is Permission permission ? permission.Duties : [])
            {
                var due = PolicyWords.OfAction(duty.Action);
                Console.WriteLine($"    义务 duty: {due.Zh} {due.En}");
                PrintConstraints(duty, "        ");
            }
        }
    }

    private static void PrintConstraints(PolicyRule rule, string indent)
    {
        foreach (var words in rule.Constraints.Select(PolicyWords.Of))
        {
            Console.WriteLine($"{indent}{words.Zh}  ({words.En})");
        }
    }

    private static string Parties(PolicyRule rule) => rule.Assignee is null ? $"{rule.Assigner} → 任何人 anybody" : $"{rule.Assigner} → {rule.Assignee}";
}
