using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    private IEnumerable<Command?> Product(ProductId product, PartyId provider)
    {
        var isPublic = Chance(25);
        var personal = Chance(30);
        var security = Chance(5) ? SecurityClass.Core : Chance(20) ? SecurityClass.Important : SecurityClass.General;
        var fingerprint = Chance(8) ? "same" : product.Value;
        yield return new RegisterProduct(
            product, provider, Pick(Venues), $"产品{product}", $"Product {product}", (ProductForm)_random.Next(5),
            Pick("industry", "finance", "health", "transport"), $"track-{_random.Next(9)}", security, personal, isPublic,
            Chance(4) ? "" : "risk control", fingerprint, false)
        {
            At = _now,
            By = provider,
            Source = _later.Next(100) < 4 ? new ProductSource("c0ffee", 7, "a-1", "County Office", "dcat") : null,
        };
        if (!_last.Accepted)
        {
            yield break;
        }

        if (Chance(4))
        {
            yield return new WithdrawApplication(product) { At = _now, By = provider };
            yield break;
        }

        yield return new SubmitEvidence(product, Chance(80) ? (EvidenceKinds)15 : EvidenceKinds.LawfulSource) { At = _now, By = provider };
        yield return new AcceptApplication(product) { At = _now, By = Venue.By };
        _afterwards.Add(new(Try(product).GetEnumerator()));
        yield return Assess(product);
        for (var round = 0; round < 3 && !_last.Accepted; round++)
        {
            yield return new SubmitEvidence(product, Chance(70) ? (EvidenceKinds)15 : EvidenceKinds.None) { At = _now, By = provider };
            yield return new AcceptApplication(product) { At = _now, By = Venue.By };
            yield return Assess(product);
        }

        yield return new EvaluateQuality(product, Grade(), Grade(), Grade(), Grade()) { At = _now, By = new("evaluator") };
        yield return new PublishRights(product, _now.AddDays(20)) { At = _now, By = Venue.By };
        if (Chance(15))
        {
            yield return new RaiseObjection(product, new("objector"), "claims the source") { At = _now, By = new("objector") };
            yield return new DecideObjection(product, Chance(50)) { At = _now, By = Venue.By };
        }

        var rights = Chance(94) ? (DataRights)7 : DataRights.ResourceHolding;
        for (var attempts = 0; attempts < 12 && (attempts == 0 || !_last.Accepted); attempts++)
        {
            yield return new CertifyRights(product, rights, _now.AddDays(Chance(30) ? _random.Next(60, 150) : 2_000), isPublic) { At = _now, By = Venue.By };
        }

        foreach (var command in PriceAndList(product, provider, isPublic))
        {
            yield return command;
        }
    }

    private IEnumerable<Command?> PriceAndList(ProductId product, PartyId provider, bool isPublic)
    {
        var value = Amount(2_000_000);
        yield return new ValueProduct(
            product, PriceUnit.PerLicence,
            [new(ValuationApproach.Cost, value, 4_000), new(ValuationApproach.Market, value + 5, 6_000)], 3_000) { At = _now, By = provider };
        if (isPublic && Chance(60))
        {
            yield return new SetAuthorityCap(product, value) { At = _now, By = new("authority") };
        }

        yield return new SetPrice(product, Terms(value), Chance(40) ? "strategic" : null) { At = _now, By = provider };
        yield return new SetPrice(product, Terms(value), "again") { At = _now, By = provider };
        ContributorShare[] contributors = Chance(40) ? [new(new("C1"), 1_000), new(new("C2"), Chance(95) ? 500 : 9_500)] : [];
        foreach (var venue in Venues)
        {
            if (Chance(70))
            {
                yield return new ListProduct(product, venue, contributors) { At = _now, By = provider };
                if (_last.Accepted)
                {
                    _shelf.Add((product, venue, provider));
                    foreach (var command in Allot(product, venue, provider))
                    {
                        yield return command;
                    }
                }
            }
        }

        for (var i = _random.Next(6, 14); i > 0; i--)
        {
            var venue = Pick(Venues);
            yield return _random.Next(14) switch
            {
                < 4 => new RecordViews(product, venue, _random.Next(500)) { At = _now, By = Venue.By },
                4 => new SuspendListing(product, venue, "complaint") { At = _now, By = Venue.By },
                5 or 6 => new ResumeListing(product, venue) { At = _now, By = Venue.By },
                7 => new SetPrice(product, Terms(value), "season") { At = _now, By = provider },
                8 => Chance(40)
                    ? new DelistProduct(product, venue, DelistingReason.ProviderRequest) { At = _now, By = provider }
                    : new ListProduct(product, venue, contributors) { At = _now, By = provider },
                9 => new RenewCertificate(product, _now.AddDays(3_000 + _random.Next(900))) { At = _now, By = provider },
                10 => new CorrectRegistration(product, $"更正{product}", $"Corrected {product}") { At = _now, By = provider },
                11 when Chance(50) => new ReviseProduct(product, Chance(80) ? $"{product} {_random.Next(1_000_000)}" : product.Value, "more fields", null)
                    { At = _now, By = provider },
                11 => new LicenseRights(product, new("L1"), DataRights.ProcessingAndUse, _now.AddDays(30)) { At = _now, By = provider },
                12 => Chance(20) ? new TransferRights(product, new("S999")) { At = _now, By = provider } : null,
                _ => Chance(80) ? null : Pick<Command>(
                    new RevokeCertificate(product, "fraud") { At = _now, By = Venue.By },
                    new CancelRegistration(product) { At = _now, By = provider }),
            };
        }

        for (var i = 0; i < 8; i++)
        {
            // Refused while the certificate is still valid.
            yield return new ExpireCertificate(product) { At = _now, By = Venue.By };
        }
    }

    private AssessCompliance Assess(ProductId product) =>
        new(product, Chance(2), Chance(2), Chance(2)) { At = _now, By = new("assessor") };

    private int Grade() => _random.Next(60, 101);

    private LicenceTerms Terms(long value) => _random.Next(6) switch
    {
        0 => new(LicenceKind.Capped, PriceUnit.PerLicence, value, 2, 1, false),
        1 => new(LicenceKind.Exclusive, PriceUnit.PerLicence, value * 2, null, 1, false),
        2 => new(LicenceKind.Subscription, PriceUnit.PerMonth, value, null, 1, false),
        3 => new(LicenceKind.CallPack, PriceUnit.PerCall, Amount(500), null, 100, true),
        4 => new(LicenceKind.OpenEnded, PriceUnit.Negotiated, value, null, 1, false),
        _ => new(LicenceKind.OpenEnded, PriceUnit.PerLicence, value, null, 1, false),
    };
}
