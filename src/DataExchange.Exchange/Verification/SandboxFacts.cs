using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>What the streams say of trials in the sandbox: on the one side the admissions, on the other what was sold on them.</summary>
internal sealed class SandboxFacts
{
    private readonly SortedDictionary<string, Trial> _trials = new(StringComparer.Ordinal);

    internal void Take(int version, Event @event)
    {
        switch (@event)
        {
            case SandboxAdmitted e:
                Of(e.Product).Venue = e.Venue;
                Of(e.Product).Conditions.Add((e.At, e.Conditions));
                break;
            case SandboxExtended e:
                Of(e.Product).Conditions.Add((e.At, e.Conditions));
                break;
            case SandboxEnded e:
                Of(e.Product).EndedAt ??= e.At;
                break;
            case LicenceGranted { InSandbox: true } e:
                Of(e.Product).Grants.Add((version, e));
                break;
        }
    }

    /// <summary>Compares what was sold on trial with the conditions that the venue set, those of the application's stream, whatever the offer says.</summary>
    internal void Compare(ProblemList problems)
    {
        foreach (var (product, trial) in _trials)
        {
            var buyers = new HashSet<PartyId>();
            Int128 sum = 0;
            foreach (var (version, grant) in trial.Grants)
            {
                buyers.Add(grant.Buyer);
                sum += grant.AmountFen;
                if (trial.Problem(grant, buyers.Count, sum) is var (rule, detail))
                {
                    problems.Add(StreamId.Offer(new(product)), version, rule, $"{grant.Deal} is granted a licence on trial at {grant.At}, {detail}");
                }
            }
        }
    }

    private Trial Of(ProductId product)
    {
        if (!_trials.TryGetValue(product.Value, out var trial))
        {
            _trials.Add(product.Value, trial = new());
        }

        return trial;
    }

    private sealed class Trial
    {
        internal VenueId Venue { get; set; }

        internal List<(SimulatedTime At, SandboxConditions InForce)> Conditions { get; } = [];

        internal SimulatedTime? EndedAt { get; set; }

        internal List<(int Version, LicenceGranted Grant)> Grants { get; } = [];

        // Within the second of a change what is the looser counts: which of two facts in two streams came first, the streams do not say.
        internal (AuditRule Rule, string Detail)? Problem(LicenceGranted e, int buyers, Int128 sumFen)
        {
            if (Conditions.Count == 0 || Conditions[0].At > e.At)
            {
                return (AuditRule.SoldOutsideSandbox, "when the product was not admitted to the sandbox");
            }

            var conditions = Conditions.Last(known => known.At <= e.At).InForce;
            return e.Venue != Venue ? (AuditRule.SoldOutsideSandbox, $"at {e.Venue}; {Venue} admitted it")
                : !conditions.Admit(e.Buyer) ? (AuditRule.SoldOutsideSandbox, $"to {e.Buyer}, who may not buy on trial")
                : EndedAt < e.At || e.At >= conditions.Until
                    ? (AuditRule.SoldAfterSandboxEnd, $"when the trial had ended: at {(EndedAt < conditions.Until ? EndedAt : conditions.Until)}")
                : buyers > conditions.MostBuyers ? (AuditRule.SandboxLimitExceeded, $"to buyer {buyers} of at most {conditions.MostBuyers}")
                : sumFen > conditions.MostAmountFen
                    ? (AuditRule.SandboxLimitExceeded, $"which makes {sumFen} fen; at most {conditions.MostAmountFen} fen may be sold")
                : null;
        }
    }
}
