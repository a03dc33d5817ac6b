using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Policies;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx policy check</c>: a use request against a deal's agreement, permit or deny with the rule that decided.</summary>
internal static partial class PolicyCheckCommand
{
    public static Command Create()
    {
        var deal = new Argument<string>("DEAL") { Description = "Under which agreement, e.g. C000001, firm-0012-0003 or P000042-T000007" };
        var action = new Option<string>("--action") { Description = "What is to be done: an ODRL action, e.g. --action read, or dx:call", HelpName = "ACTION", Required = true };
        var purpose = new Option<string?>("--purpose") { Description = "What for, as the contract puts it, e.g. --purpose 授信审批 [default: not told]", HelpName = "PURPOSE" };
        var region = new Option<string?>("--region") { Description = "Where, as an ISO 3166 code, e.g. --region CN or CN-33 [default: not told]", HelpName = "REGION" };
        var at = CommonOptions.At("When, e.g. --at 2024-06-01T09:30; what happened later does not count [default: now, the time of the last stored event]");
        var count = new Option<long>("--count")
        {
            Description = "How many uses, e.g. calls of an interface; those before are known [default: 1]",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = result =>
            {
                if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var uses) && uses > 0)
                {
                    return uses;
                }

                result.AddError($"--count '{result.Tokens[0].Value}' is not allowed: a whole number from 1");
                return 0;
            },
        };
        var party = new Option<string?>("--as") { Description = "Who asks, e.g. --as firm-0012 [default: the buyer]", HelpName = "PARTY" };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "check",
            "Evaluate a use request against a deal's agreement: permit (exit code 0) or deny (1), with the rule that decided\n\n"
            + "  ./dx policy check C000001 --action read --purpose 授信审批 --region CN-33\n"
            + "  ./dx policy check firm-0012-0003 --action dx:call --count 100 --at 2024-06-01 --json")
        {
            deal, action, purpose, region, at, count, party, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = new Asked(
                parsed.GetValue(deal)!, ActionOf(parsed.GetValue(action)!), parsed.GetValue(purpose), RegionOf(parsed.GetValue(region)), parsed.GetValue(at),
                parsed.GetValue(count), parsed.GetValue(party));
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            return await RunAsync(asked, opened, parsed.GetValue(json), cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static string ActionOf(string text)
    {
        var action = text.StartsWith("odrl:", StringComparison.Ordinal) ? text["odrl:".Length..] : text;
        return PolicyAction.IsKnown(action)
            ? action
            : throw new WrongInputException(
                $"--action '{text}' is no action; nearest are {string.Join(", ", NearestIds.Of(text, [.. PolicyAction.OfOdrl, PolicyAction.Call]))}; "
                + $"allowed are {string.Join(", ", PolicyAction.OfOdrl)} and {Vocabulary.ProfilePrefix}NAME");
    }

    private static string? RegionOf(string? text) =>
        text is null || RegionCode().IsMatch(text) ? text : throw new WrongInputException($"--region '{text}' is not allowed: an ISO 3166 code such as CN, CN-33 or SG");

    private static async Task<int> RunAsync(Asked asked, OpenedStore opened, bool json, CancellationToken cancellation)
    {
        var policies = new StoredPolicies(new StoredEvents(opened.Database));
        var stream = await policies.FindAsync(asked.Deal, "DEAL", ["deal"], cancellation).ConfigureAwait(false);
        var party = asked.Party is null ? null : await policies.FindAsync(asked.Party, "--as", ["party"], cancellation).ConfigureAwait(false);
        var standing = await policies.StandingAsync(new DealId(stream["deal/".Length..]), asked.At, cancellation).ConfigureAwait(false);
        var at = asked.At ?? await policies.NowAsync(cancellation).ConfigureAwait(false);
        var by = party is null ? standing.Buyer : new PartyId(party["party/".Length..]);
        var request = new UseRequest(
            asked.Action, standing.Product is { } product ? Vocabulary.IriOf(Handle.OfProduct(product)) : "", by is { } known ? Vocabulary.IriOf(Handle.OfParty(known)) : null,
            at, asked.Purpose, asked.Region, asked.Uses);
        var agreement = MarketPolicies.AgreementOf(standing);
        var decision = agreement is null
            ? new PolicyDecision(Verdict.Deny, standing.NotInForceBy == NotInForce.DealTerminated ? DecisionReason.DealTerminated : DecisionReason.NotRegistered, null, [], null)
            : PolicyEvaluator.Evaluate(agreement, request, MarketPolicies.StateOf(standing, agreement));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Output(stream, agreement, request, standing, decision), CommandJson.Readable.PolicyCheckOutput));
        }
        else
        {
            Print(stream, request, standing, decision);
        }

        return decision.Verdict == Verdict.Permit ? 0 : 1;
    }

    private static void Print(string stream, UseRequest request, DealStanding standing, PolicyDecision decision)
    {
        var (reason, action) = (PolicyWords.Of(decision.Reason), PolicyWords.OfAction(request.Action));
        Console.WriteLine($"{(decision.Verdict == Verdict.Permit ? "允许 PERMIT" : "拒绝 DENY")}: {reason.Zh} {reason.En}");
        if (decision.DecidedBy is { } rule)
        {
            var of = PolicyWords.Of(rule);
            Console.WriteLine($"  规则 rule      {rule.Uid}: {of.Zh} {of.En} {rule.Action}");
        }
        else if (decision.Nearest is { } nearest)
        {
            var why = PolicyWords.Of(nearest);
            Console.WriteLine($"  最近 nearest   {nearest.Rule.Uid}: {why.Zh} {why.En}");
        }

        Console.WriteLine($"  请求 request   {stream}: {action.Zh} {action.En} [{request.Action}] × {request.Uses:N0}, {request.Party ?? "–"}, {EventFields.Show(request.At)}, "
            + $"用途 purpose {request.Purpose ?? "–"}, 地域 region {request.Region ?? "–"}");
        if (standing.Units > 0)
        {
            Console.WriteLine($"  已用 used      {standing.Used:N0} of {standing.Units:N0} calls");
        }

        foreach (var report in decision.Rules)
        {
            var (of, why) = (PolicyWords.Of(report.Rule), PolicyWords.Of(report));
            Console.WriteLine($"  {of.Zh} {of.En} {report.Rule.Action}: {why.Zh} {why.En}");
        }
    }

    private static PolicyCheckOutput Output(string stream, Policy? agreement, UseRequest request, DealStanding standing, PolicyDecision decision)
    {
        var reason = PolicyWords.Of(decision.Reason);
        return new PolicyCheckOutput(
            stream["deal/".Length..], agreement?.Uid, Name(decision.Verdict), Name(decision.Reason), reason.Zh, reason.En, decision.DecidedBy?.Uid, decision.Nearest?.Rule.Uid,
            request.Action, request.Party, request.At.ToString(), request.Purpose, request.Region, request.Uses, standing.Used,
            [
                .. decision.Rules.Select(report => new PolicyRuleOutput(
                    report.Rule.Uid, report.Rule is Permission ? "permission" : "prohibition", report.Rule.Action, Name(report.Outcome),
                    report.Failed is { } failed ? Vocabulary.NameOf(failed.Left) : null, PolicyWords.Of(report).Zh, PolicyWords.Of(report).En)),
            ]);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex RegionCode();

    private sealed record Asked(string Deal, string Action, string? Purpose, string? Region, SimulatedTime? At, long Uses, string? Party);
}
