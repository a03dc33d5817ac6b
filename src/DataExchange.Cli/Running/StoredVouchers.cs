using System.Globalization;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore.Serialization;
using DataExchange.Trust;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Facts;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Cli.Running;

/// <summary>A document that was issued.</summary>
/// <param name="File">Its bytes.</param>
/// <param name="Signer">The issuer.</param>
internal sealed record IssuedVoucher(byte[] File, VoucherSigner Signer);

/// <summary>Issues the documents of a store.</summary>
/// <param name="opened">The store.</param>
/// <param name="keysFolder">The venues' keys; null for the throw-away keys of the run.</param>
/// <param name="index">Where facts stand in the logs; null to walk through the store for each document.</param>
internal sealed class StoredVouchers(OpenedStore opened, string? keysFolder, LogIndex? index = null)
{
    private readonly StoredEvents _events = new(opened.Database);

    /// <summary>The rights certificate of a product.</summary>
    /// <param name="typed">The product as it was typed: its id, or its stream.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">There is no such product, it has no certificate, or the keys do not fit.</exception>
    public async Task<IssuedVoucher> CertificateAsync(string typed, CancellationToken cancellation)
    {
        var asOf = await LastAsync(cancellation).ConfigureAwait(false);
        var stream = StreamId.Product(new(NameOf(typed)));
        var events = await ReadAsync(stream, cancellation).ConfigureAwait(false);
        if (events.Count == 0)
        {
            throw await UnknownAsync("PRODUCT", typed, "product", cancellation).ConfigureAwait(false);
        }

        var product = CertifiedProduct.Of(events, asOf);
        if (product?.Certificate is null)
        {
            throw new WrongInputException($"PRODUCT '{typed}' has no certificate: its last fact is {Told(events[^1])}; './dx show {stream}' tells all.");
        }

        var evidence = await EvidenceAsync([.. product.Proving.Select(version => (stream, version))], cancellation).ConfigureAwait(false);
        var names = await NamesAsync(evidence.Venue, [product.Holder, product.Registered.Provider, product.Compliance?.By, product.Quality?.By], cancellation).ConfigureAwait(false);
        return await IssueAsync(evidence, asOf, names, issuance => RightsCertificate.Issue(product, evidence.Evidence, issuance), cancellation).ConfigureAwait(false);
    }

    /// <summary>The data invoice of a deal.</summary>
    /// <param name="typed">The deal as it was typed: its id, or its stream.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">There is no such deal, it has no invoice yet, or the keys do not fit.</exception>
    public async Task<IssuedVoucher> InvoiceAsync(string typed, CancellationToken cancellation)
    {
        var id = new DealId(NameOf(typed));
        var (dealStream, settlementStream) = (StreamId.Deal(id), StreamId.Settlement(id));
        var events = await ReadAsync(dealStream, cancellation).ConfigureAwait(false);
        if (events.Count == 0)
        {
            throw await UnknownAsync("DEAL", typed, "deal", cancellation).ConfigureAwait(false);
        }

        var settlement = await ReadAsync(settlementStream, cancellation).ConfigureAwait(false);
        if (InvoicedDeal.Of(events, settlement) is not { } deal)
        {
            throw new WrongInputException(
                $"DEAL '{typed}' has no data invoice: it is issued when a deal is settled; its last fact is {Told(events[^1])}; './dx show {dealStream}' tells all.");
        }

        var productStream = await ReadAsync(StreamId.Product(deal.Registered.Product), cancellation).ConfigureAwait(false);
        var product = CertifiedProduct.Of(productStream, deal.Registered.At)
            ?? throw new CommandFailedException($"The store has no product {deal.Registered.Product} for deal {id}; './dx verify' says more.");
        var evidence = await EvidenceAsync([.. deal.Proving], cancellation).ConfigureAwait(false);
        var names = await NamesAsync(
            evidence.Venue, [deal.Registered.Buyer, deal.Registered.Provider, .. deal.Shares.Select(share => (PartyId?)share.Party)], cancellation).ConfigureAwait(false);
        var chain = await ChainAsync(id, cancellation).ConfigureAwait(false);
        var asOf = await LastAsync(cancellation).ConfigureAwait(false);
        return await IssueAsync(evidence, asOf, names, issuance => DataInvoice.Issue(deal, product, chain, evidence.Evidence, issuance), cancellation).ConfigureAwait(false);
    }

    // A stream's id, or the name in it.
    private static string NameOf(string typed) => typed[(typed.LastIndexOf('/') + 1)..];

    private static string Told(Event fact) => $"{EventRegistry.NameOf(fact)} of {EventFields.Show(fact.At)}";

    private async Task<WrongInputException> UnknownAsync(string argument, string typed, string kind, CancellationToken cancellation)
    {
        string[] existing = [.. (await _events.StreamsAsync(kind, cancellation).ConfigureAwait(false)).Select(NameOf)];
        return new WrongInputException(existing.Length == 0
            ? $"{argument} '{typed}' is no {kind} of this store; it has none."
            : $"{argument} '{typed}' is no {kind} of this store; nearest are {string.Join(", ", NearestIds.Of(NameOf(typed), existing))}.");
    }

    private async Task<IssuedVoucher> IssueAsync(
        FoundEvidence evidence, SimulatedTime asOf, IReadOnlyDictionary<PartyId, BilingualName> names, Func<Issuance, byte[]> issue, CancellationToken cancellation)
    {
        using var keys = keysFolder is null
            ? VenueKeys.Derive(opened.Identity.ScenarioName, opened.Identity.Seed, opened.Identity.Scale)
            : VenueKeys.Load(keysFolder);
        HashSet<string> signedBy = [.. evidence.Head.Note.Signatures.Select(signature => signature.KeyId.ToString("x8", CultureInfo.InvariantCulture))];
        var inForce = await LogLookup.KeyAsync(opened.Database, evidence.Venue, signedBy, cancellation).ConfigureAwait(false)
            ?? throw new CommandFailedException($"The latest head of log {evidence.Venue} is signed by no key of that log; './dx verify' says more.");
        var mine = keys.Has(evidence.Venue, inForce.Generation) ? keys.Of(evidence.Venue, inForce.Generation) : null;
        if (mine?.KeyId != inForce.KeyId)
        {
            throw new WrongInputException(
                $"{(keysFolder is null ? "--keys is missing" : $"--keys '{keysFolder}' does not fit")}: key {inForce.Generation} of venue {evidence.Venue} is {inForce.KeyId} in this store"
                + (keysFolder is null ? ", which is no throw-away key; name the folder that the run was made with" : $", in the folder it is {mine?.KeyId ?? "missing"}"));
        }

        var issuance = new Issuance(mine, asOf, party => names.GetValueOrDefault(party, new(party.Value, party.Value)));
        return new IssuedVoucher(issue(issuance), new VoucherSigner(mine.Key));
    }

    private async Task<FoundEvidence> EvidenceAsync(List<(string Stream, long Version)> places, CancellationToken cancellation)
    {
        var wanted = places.ToHashSet();
        var logged = index is null
            ? await LogLookup.FindAsync(opened.Database, wanted, cancellation).ConfigureAwait(false)
            : await index.FindAsync(wanted, cancellation).ConfigureAwait(false);
        var anchor = logged.GetValueOrDefault(places[0]) ?? throw new CommandFailedException($"{places[0].Stream}@{places[0].Version} is in no log; './dx verify' says more.");
        var logs = new StoredLogs(opened.Database);
        var head = (await logs.LatestAsync(cancellation).ConfigureAwait(false)).FirstOrDefault(log => log.Venue == anchor.Venue);
        if (head is null || anchor.Leaf >= head.Checkpoint.Size)
        {
            throw new CommandFailedException($"No signed head of log {anchor.Venue} covers {places[0].Stream}@{places[0].Version} yet: the run was interrupted; './dx simulate' goes on.");
        }

        var proofs = logs.ProofsOf(anchor.Venue, head.Checkpoint.Size);
        var facts = new List<ProvedFact>();
        foreach (var place in places)
        {
            // What another venue's log holds, this venue's key cannot prove.
            if (logged.TryGetValue(place, out var fact) && fact.Venue == anchor.Venue && fact.Leaf < head.Checkpoint.Size)
            {
                var path = await proofs.ProveInclusionAsync(fact.Leaf, head.Checkpoint.Size, cancellation).ConfigureAwait(false);
                facts.Add(new ProvedFact(fact.Leaf, fact.Entry, [.. path.Select(hash => hash.ToString())]));
            }
        }

        return new FoundEvidence(anchor.Venue, head, new VoucherEvidence(head.Checkpoint.Origin, head.Note.ToString(), facts));
    }

    private async Task<ChainPlace?> ChainAsync(DealId deal, CancellationToken cancellation)
    {
        foreach (var chain in await _events.StreamsAsync("chain", cancellation).ConfigureAwait(false))
        {
            var before = EvidenceDigest.Genesis;
            await foreach (var stored in _events.OfStreamAsync(chain, null, cancellation).ConfigureAwait(false))
            {
                if (stored.Data is not InvoiceAnchored link)
                {
                    continue;
                }

                if (link.Deal == deal)
                {
                    return new ChainPlace(link.Chain, stored.Version, before, link.Head);
                }

                before = link.Head;
            }
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<PartyId, BilingualName>> NamesAsync(string venue, IReadOnlyList<PartyId?> parties, CancellationToken cancellation)
    {
        var names = new Dictionary<PartyId, BilingualName>();
        foreach (var party in parties.OfType<PartyId>().Append(new PartyId("venue-" + venue)).Distinct())
        {
            if ((await ReadAsync(StreamId.Party(party), cancellation).ConfigureAwait(false)).OfType<PartyRegistered>().FirstOrDefault() is { } registered)
            {
                names.Add(party, new(registered.Name, registered.NameEn));
            }
        }

        return names;
    }

    // Simulated time of the last fact: up to then the store knows.
    private async Task<SimulatedTime> LastAsync(CancellationToken cancellation)
    {
        await foreach (var stored in _events.LastAsync(1, cancellation).ConfigureAwait(false))
        {
            return stored.Data?.At ?? throw new CommandFailedException("The store's last event cannot be read; './dx verify' says more.");
        }

        throw new CommandFailedException("The store holds no event yet; './dx simulate' goes on.");
    }

    private async Task<IReadOnlyList<Event>> ReadAsync(string stream, CancellationToken cancellation)
    {
        var facts = new List<Event>();
        await foreach (var stored in _events.OfStreamAsync(stream, null, cancellation).ConfigureAwait(false))
        {
            facts.Add(stored.Data ?? throw new CommandFailedException($"Event {stored.Version} of {stream} cannot be read; './dx verify' says more."));
        }

        return facts;
    }

    private sealed record FoundEvidence(string Venue, StoredLogHead Head, VoucherEvidence Evidence);
}
