using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>Compares bundles with what the offers made of them: who is in which, and what was ordered in them.</summary>
internal sealed class BundleFacts
{
    private readonly Dictionary<(BundleId Bundle, ProductId Product), long> _parts = [];
    private readonly Dictionary<(BundleId Bundle, ProductId Product), long?> _joined = [];
    private readonly Dictionary<DealId, Grant> _ordered = [];
    private readonly Dictionary<DealId, Grant> _answers = [];

    internal void Take(Event @event)
    {
        switch (@event)
        {
            case BundleOffered e:
                foreach (var part in e.Parts)
                {
                    _parts[(e.Bundle, part.Product)] = part.AloneFen;
                }

                break;
            case BundleJoined e:
                _joined[(e.Bundle, e.Product)] = e.AloneFen;
                break;
            case BundleLeft e:
                // What could not join has left without that.
                _joined.TryAdd((e.Bundle, e.Product), null);
                break;
            case BundleOrdered e:
                foreach (var part in e.Parts)
                {
                    _ordered[part.Deal] = new(e.Bundle, part.Product, e.Venue, e.Buyer, part.AmountFen);
                }

                break;
            case LicenceGranted { Bundle: { } bundle } e:
                _answers[e.Deal] = new(bundle, e.Product, e.Venue, e.Buyer, e.AmountFen);
                break;
            case OrderRejected { Bundle: { } bundle } e:
                _answers[e.Deal] = new(bundle, e.Product, e.Venue, e.Buyer, null);
                break;
        }
    }

    internal void Compare(ProblemList problems)
    {
        foreach (var key in _parts.Keys.Union(_joined.Keys).OrderBy(key => key.Bundle.Value, StringComparer.Ordinal).ThenBy(key => key.Product.Value, StringComparer.Ordinal))
        {
            var isPart = _parts.TryGetValue(key, out var alone);
            var isAnswered = _joined.TryGetValue(key, out var joined);
            if (!isPart || !isAnswered || (joined is { } fen && fen != alone))
            {
                problems.Add(StreamId.Offer(key.Product), null, AuditRule.BundleDiffers,
                    !isPart ? $"the offer is in {key.Bundle}, which does not name it" : !isAnswered ? $"{key.Bundle} names it, and the offer never heard of it"
                    : $"in {key.Bundle} it costs {alone} fen alone; the offer says {joined} fen");
            }
        }

        foreach (var deal in _ordered.Keys.Union(_answers.Keys).OrderBy(deal => deal.Value, StringComparer.Ordinal))
        {
            var isOrdered = _ordered.TryGetValue(deal, out var ordered);
            var isAnswered = _answers.TryGetValue(deal, out var answer);
            if (!isOrdered || !isAnswered || ordered with { Fen = null } != answer with { Fen = null } || (answer.Fen is { } fen && fen != ordered.Fen))
            {
                problems.Add(isAnswered ? StreamId.Offer(answer.Product) : StreamId.Bundle(ordered.Bundle), null, AuditRule.BundleDiffers,
                    !isOrdered ? $"{deal} is answered as ordered in {answer.Bundle}; nobody ordered it there" : !isAnswered ? $"{deal} was ordered, and neither granted nor refused"
                    : $"{deal} is answered for {answer.Product} at {answer.Venue} to {answer.Buyer} at {answer.Fen} fen; ordered was {ordered.Product} at {ordered.Venue} by {ordered.Buyer} at {ordered.Fen} fen");
            }
        }
    }

    private readonly record struct Grant(BundleId Bundle, ProductId Product, VenueId Venue, PartyId Buyer, long? Fen);
}
