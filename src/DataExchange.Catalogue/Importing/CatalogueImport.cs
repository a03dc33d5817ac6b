using DataExchange.Catalogue.Reading;
using DataExchange.Domain;

namespace DataExchange.Catalogue.Importing;

/// <summary>Asks the exchange to register what a catalogue describes, record by record. A record that fails is told and stops nothing.</summary>
public static class CatalogueImport
{
    /// <summary>Runs it.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="digest">SHA-256 of the file, hexadecimal.</param>
    /// <param name="planner">Makes commands of records.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="parties">Parties that are registered already; the new ones are added.</param>
    /// <param name="products">Products that were registered or refused already; the new ones are added.</param>
    /// <param name="cancellation">Stops it between two records.</param>
    public static async Task<ImportReport> RunAsync(
        ReadCatalogue catalogue, string digest, ImportPlanner planner, IExchange exchange, ISet<PartyId> parties, ISet<ProductId> products,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(planner);
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(parties);
        ArgumentNullException.ThrowIfNull(products);
        var results = new List<ImportedRecord>(catalogue.Records.Count);
        var registered = 0;
        foreach (var record in catalogue.Records)
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Unusable is { } reason)
            {
                results.Add(new ImportedRecord(record.Number, record.Identifier, "", ImportOutcome.Skipped, null, null, reason, record.Notes));
                continue;
            }

            var plan = planner.Plan(record);
            // A publisher whose every product is there already needs no new party.
            if (!products.Contains(plan.Product.Product) && parties.Add(plan.Provider.Party)
                && (await exchange.SubmitAsync(plan.Provider, cancellation).ConfigureAwait(false)).Accepted)
            {
                registered++;
            }

            var outcome = await exchange.SubmitAsync(plan.Product, cancellation).ConfigureAwait(false);
            products.Add(plan.Product.Product);
            results.Add(new ImportedRecord(
                record.Number, record.Identifier, record.Title, OutcomeOf(outcome.Rejection), plan.Product.Product, outcome.Rejection, null, plan.Notes));
        }

        return new ImportReport(digest, catalogue.Format, catalogue.Notes, results, registered);
    }

    private static ImportOutcome OutcomeOf(Rejection? rejection) => rejection switch
    {
        null => ImportOutcome.Registered,
        Rejection.ProductAlreadyRegistered => ImportOutcome.AlreadyRegistered,
        _ => ImportOutcome.Refused,
    };
}
