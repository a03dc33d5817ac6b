using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Handles;

/// <summary>A version of a product's content.</summary>
internal sealed record VersionFact(int Number, HandleFact Fact, string Fingerprint, string? Note);

/// <summary>A certificate of a product's rights. <c>Ended</c> is the fact that ended it, with the state's name; null while nothing did.</summary>
internal sealed record CertificateFact(int Number, HandleFact Fact, PartyId Holder, DataRights Rights, SimulatedTime ValidUntil, HandleFact? Ended, string? EndedAs, PartyId? TransferredTo);

/// <summary>What a product's stream tells: its registration, versions and certificates.</summary>
internal sealed class ProductFacts
{
    private ProductFacts(HandleFact first) => (First, StateFact, DescribedAt) = (first, first, first.Data.At);

    /// <summary>The application, accepted or refused.</summary>
    internal HandleFact First { get; }

    /// <summary>The fact since which the registration is in its stage.</summary>
    internal HandleFact StateFact { get; private set; }

    internal ProductRights State { get; private set; } = RightsDecider.Initial;

    internal SimulatedTime DescribedAt { get; private set; }

    internal List<VersionFact> Versions { get; } = [];

    internal List<CertificateFact> Certificates { get; } = [];

    internal PartyId Provider => First.Data switch { ProductRegistered e => e.Provider, RegistrationRefused e => e.Provider, _ => default };

    internal VenueId Venue => First.Data switch { ProductRegistered e => e.Venue, RegistrationRefused e => e.Venue, _ => default };

    internal string Title { get; private set; } = "";

    internal string TitleEn { get; private set; } = "";

    internal static ProductFacts Of(IEnumerable<HandleFact> facts)
    {
        ProductFacts? told = null;
        foreach (var fact in facts)
        {
            told ??= new ProductFacts(fact);
            told.Add(fact);
        }

        return told!;
    }

    /// <summary>What is to be said of the product.</summary>
    internal JsonObject Describe(JsonObject json)
    {
        (json["title"], json["titleEn"]) = (Title, TitleEn);
        if (First.Data is ProductRegistered e)
        {
            json["form"] = e.Form.ToString();
            json["category"] = e.Category;
            json["subTrack"] = e.SubTrack;
            json["securityClass"] = e.SecurityClass.ToString();
            json["containsPersonalInformation"] = e.ContainsPersonalInformation;
            json["isPublicData"] = e.IsPublicData;
            json["useScenario"] = e.UseScenario;
            json["fingerprint"] = Versions[^1].Fingerprint;
        }

        json["registeredAt"] = First.Data.At.ToString();
        return json;
    }

    private void Add(HandleFact fact)
    {
        var before = State.Stage;
        State = RightsDecider.Evolve(State, fact.Data);
        StateFact = State.Stage == before && !ReferenceEquals(fact, First) ? StateFact : fact;
        switch (fact.Data)
        {
            case ProductRegistered e:
                (Title, TitleEn) = (e.Title, e.TitleEn);
                Versions.Add(new VersionFact(ProductVersions.First, fact, e.Fingerprint, null));
                break;
            case RegistrationRefused e:
                (Title, TitleEn) = (e.Title, e.TitleEn);
                break;
            case RegistrationCorrected e:
                (Title, TitleEn, DescribedAt) = (e.Title, e.TitleEn, e.At);
                break;
            case ProductRevised e:
                Versions.Add(new VersionFact(e.Version, fact, e.Fingerprint, e.Note));
                DescribedAt = e.At;
                break;
            case RightsCertified e:
                Certificates.Add(new CertificateFact(1, fact, e.Holder, e.Rights, e.ValidUntil, null, null, null));
                break;
            case CertificateRenewed e:
                End(fact, "Replaced");
                Certificates.Add(new CertificateFact(Certificates.Count + 1, fact, e.Holder, e.Rights, e.ValidUntil, null, null, null));
                break;
            case RightsTransferred e:
                Certificates[^1] = Certificates[^1] with { TransferredTo = e.NewHolder };
                break;
            case CertificateExpired:
                End(fact, "Expired");
                break;
            case CertificateRevoked:
                End(fact, "Revoked");
                break;
            case RegistrationCancelled:
                End(fact, "Cancelled");
                break;
            default:
                break;
        }
    }

    private void End(HandleFact fact, string state) => Certificates[^1] = Certificates[^1] with { Ended = fact, EndedAs = state };
}
