using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>
/// The exchange with everything it records, checked fact by fact against what must always hold. It keeps its own plain books and
/// asks no decider.
/// </summary>
internal sealed class RecordedMarket : IEventSink
{
    private readonly InProcessExchange _exchange;
    private readonly Dictionary<string, int> _versions = [];
    private readonly Dictionary<ProductId, SimulatedTime> _validUntil = [];
    private readonly Dictionary<ProductId, LicenceTerms> _terms = [];
    private readonly Dictionary<(ProductId, VenueId), bool> _forSale = [];
    private readonly Dictionary<PartyId, SecurityClass> _admitted = [];
    private readonly Dictionary<ProductId, SecurityClass> _classes = [];
    private readonly Dictionary<DealId, LicenceGranted> _granted = [];
    private readonly Dictionary<DealId, long> _escrows = [];

    internal RecordedMarket() => _exchange = new InProcessExchange(this);

    internal List<RecordedEvent> Recorded { get; } = [];

    internal Dictionary<string, long> Balances { get; } = [];

    internal IEnumerable<Event> Facts => Recorded.Select(recorded => recorded.Data);

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        foreach (var recorded in events)
        {
            var version = _versions[recorded.Stream] = _versions.GetValueOrDefault(recorded.Stream) + 1;
            Assert.True(version == recorded.Version, $"{recorded.Stream} has version {recorded.Version} where {version} is next");
            Recorded.Add(recorded);
            Check(recorded.Data);
        }

        Assert.All(Balances.Where(account => account.Key == LedgerAccount.Escrow
                || account.Key.StartsWith("liabilities:available:", StringComparison.Ordinal)
                || account.Key.StartsWith("liabilities:held:", StringComparison.Ordinal)
                || account.Key.StartsWith("liabilities:payable:", StringComparison.Ordinal)),
            account => Assert.True(account.Value >= 0, $"{account.Key} is {account.Value}"));

        // Credits less debits: assets stand below zero. What parties owe is at the bank as the exchange's own money.
        Assert.All(Balances.Where(account => account.Key.StartsWith("assets:", StringComparison.Ordinal)),
            account => Assert.True(account.Value <= 0, $"{account.Key} is {account.Value}"));
        Assert.Equal(-Balances.Where(account => account.Key.StartsWith("assets:receivable:", StringComparison.Ordinal)).Sum(account => account.Value),
            Balance(LedgerAccount.Advances));
        Assert.Equal(0, Balances.Values.Sum());
        Assert.Equal(_escrows.Values.Sum(), Balance(LedgerAccount.Escrow));
        Assert.All(_escrows.Values, left => Assert.True(left >= 0));
        return ValueTask.CompletedTask;
    }

    internal Outcome Submit(Command command)
    {
        // Nothing here waits: the exchange runs in this process and the facts go to a list.
        var answer = _exchange.SubmitAsync(command, CancellationToken.None).AsTask();
        Assert.True(answer.IsCompletedSuccessfully, $"{command}: {answer.Exception?.InnerException}");
        return answer.Result;
    }

    /// <summary>Submits what must be accepted.</summary>
    internal Outcome Do(Command command)
    {
        var outcome = Submit(command);
        Assert.True(outcome.Accepted, $"{command} was refused: {outcome.Rejection}");
        return outcome;
    }

    internal long Balance(string account) => Balances.GetValueOrDefault(account);

    internal long Available(PartyId party) => Balance(LedgerAccount.Available(party));

    private void Check(Event fact)
    {
        foreach (var posting in LedgerEntries.Of(fact))
        {
            Assert.True(posting.AmountFen > 0);
            Balances[posting.Debit] = Balance(posting.Debit) - posting.AmountFen;
            Balances[posting.Credit] = Balance(posting.Credit) + posting.AmountFen;
        }

        switch (fact)
        {
            case RightsCertified e:
                (_validUntil[e.Product], _classes[e.Product]) = (e.ValidUntil, e.SecurityClass);
                break;
            case CertificateRenewed e:
                _validUntil[e.Product] = e.ValidUntil;
                break;
            case CertificateExpired e:
                _validUntil.Remove(e.Product);
                break;
            case CertificateRevoked e:
                _validUntil.Remove(e.Product);
                break;
            case RegistrationCancelled e:
                _validUntil.Remove(e.Product);
                break;
            case PriceSet e:
                _terms[e.Product] = e.Terms;
                break;
            case ProductListed e:
                Assert.True(_validUntil[e.Product] > e.At && _terms.ContainsKey(e.Product), "listed, yet not certified and priced");
                _forSale[(e.Product, e.Venue)] = true;
                break;
            case ListingSuspended e:
                _forSale[(e.Product, e.Venue)] = false;
                break;
            case ListingResumed e:
                _forSale[(e.Product, e.Venue)] = true;
                break;
            case ProductDelisted e:
                _forSale.Remove((e.Product, e.Venue));
                break;
            case BuyerAdmitted e:
                _admitted[e.Buyer] = e.AdmittedFor;
                break;
            case LicenceGranted e:
                CheckGrant(e);
                _granted.Add(e.Deal, e);
                break;
            case LicenceRevoked e:
                Assert.Equal(_granted[e.Deal].Licence == LicenceKind.Capped ? _granted[e.Deal].Quantity : 0, e.Copies);
                _granted.Remove(e.Deal);
                break;
            case TransactionRegistered e:
                var licence = _granted[e.Deal];
                Assert.Equal(
                    (licence.Product, licence.Venue, licence.Buyer, licence.Provider, licence.Channel, licence.Licence, licence.AmountFen),
                    (e.Product, e.Venue, e.Buyer, e.Provider, e.Channel, e.Licence, e.AmountFen));
                break;
            case EscrowFunded e:
                _escrows.Add(e.Deal, e.AmountFen);
                break;
            case DealSettled e:
                _escrows[e.Deal] -= e.Postings.Sum(posting => posting.AmountFen);
                Assert.Equal(0, _escrows[e.Deal]);
                break;
            case PeriodSettled e:
                _escrows[e.Deal] -= e.Postings.Sum(posting => posting.AmountFen);
                break;
            case DealRefunded e:
                _escrows[e.Deal] -= e.AmountFen;
                break;
            case DealCompleted e:
                Assert.Equal(0, _escrows.GetValueOrDefault(e.Deal));
                break;
        }
    }

    private void CheckGrant(LicenceGranted e)
    {
        Assert.True(_validUntil.TryGetValue(e.Product, out var until) && e.At < until, $"{e.Product} was sold without a valid certificate");
        Assert.True(_forSale.TryGetValue((e.Product, e.Venue), out var open) && open, $"{e.Product} was sold while suspended or not listed");
        Assert.True(_admitted.TryGetValue(e.Buyer, out var admitted) && admitted >= _classes[e.Product], $"{e.Buyer} was not admitted");
        var others = _granted.Values.Where(other => other.Product == e.Product).ToArray();
        Assert.DoesNotContain(others, other => other.Licence == LicenceKind.Exclusive);
        if (e.Licence == LicenceKind.Capped)
        {
            var copies = others.Where(other => other.Licence == LicenceKind.Capped).Sum(other => other.Quantity) + e.Quantity;
            Assert.True(copies <= _terms[e.Product].Copies, $"{copies} copies of {e.Product} were sold");
        }
    }
}
