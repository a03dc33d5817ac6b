using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Testing;

namespace DataExchange.Handles.Tests;

/// <summary>The simulated market as a store of facts by stream.</summary>
internal sealed class StoredMarket
{
    private readonly ILookup<string, HandleFact> _facts;

    private StoredMarket(SimulatedMarket market)
    {
        Market = market;
        _facts = market.Events.Select((recorded, index) => new HandleFact(recorded.Stream, recorded.Version, index + 1, recorded.Data))
            .ToLookup(fact => fact.Stream, StringComparer.Ordinal);
    }

    internal SimulatedMarket Market { get; }

    internal static async Task<StoredMarket> GetAsync() => new(await SimulatedMarket.GetAsync());

    internal IEnumerable<HandleFact> Facts(string stream) => _facts[stream];

    internal IEnumerable<T> All<T>()
        where T : Event => Market.Events.Select(recorded => recorded.Data).OfType<T>();

    /// <summary>Every handle that there is, by its facts: the other way round than the resolver takes.</summary>
    internal IEnumerable<HandleName> Names()
    {
        foreach (var recorded in Market.Events.Where(recorded => recorded.Version == 1))
        {
            var (kind, id) = (StreamId.KindOf(recorded.Stream).ToString(), recorded.Stream[(recorded.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            if (kind is "product" or "deal" or "party")
            {
                yield return new HandleName(Enum.Parse<HandleKind>(kind, ignoreCase: true), id, 0);
            }
        }

        foreach (var data in Market.Events.Select(recorded => recorded.Data))
        {
            switch (data)
            {
                case ProductRegistered e:
                    yield return new HandleName(HandleKind.Version, e.Product.Value, 1);
                    break;
                case ProductRevised e:
                    yield return new HandleName(HandleKind.Version, e.Product.Value, e.Version);
                    break;
                case RightsCertified e:
                    yield return HandleName.Parse(e.Certificate.Value);
                    break;
                case CertificateRenewed e:
                    yield return HandleName.Parse(e.Certificate.Value);
                    break;
                case DataInvoiceIssued e:
                    yield return HandleName.Parse(e.Invoice.Value);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The facts of the streams that the resolver asks for.</summary>
    internal IReadOnlyList<HandleFact> FactsOf(HandleName name)
    {
        List<HandleFact> facts = [.. HandleResolver.StreamsOf(name).SelectMany(Facts)];
        facts.AddRange([.. HandleResolver.StreamsBehind(name, facts).SelectMany(Facts)]);
        return facts;
    }

    internal HandleRecord Resolve(HandleName name) => Resolve(name, Market.End);

    internal HandleRecord Resolve(HandleName name, SimulatedTime at) => HandleResolver.Resolve(name, FactsOf(name), new HandleContext(at, []));
}
