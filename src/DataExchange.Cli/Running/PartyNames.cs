using DataExchange.Exchange;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;

namespace DataExchange.Cli.Running;

/// <summary>The parties' names.</summary>
internal sealed class PartyNames(IReadOnlyDictionary<string, Text> names)
{
    // Not a party on the market: what follows from a fact by itself is done in its name.
    private static readonly Text OfExchange = new("系统自动", "automatic");

    /// <summary>A party's name in both languages; null for one that was never registered.</summary>
    public Text? Of(string party) => names.TryGetValue(party, out var name) ? name : party == Reactions.Exchange.Value ? OfExchange : null;

    /// <summary>A party by id and name: <c>firm-0001 杭州… Hangzhou …</c>.</summary>
    public string Show(string party) => Of(party) is { } name ? $"{party} {name.Zh} {name.En}" : party;

    /// <summary>Reads them all.</summary>
    public static async Task<PartyNames> LoadAsync(IDocumentStore store, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var parties = await session.Query<PartyAccountView>().ToListAsync(cancellation).ConfigureAwait(false);
        return new PartyNames(parties.Where(party => party.Name is not null)
            .ToDictionary(party => party.Id, party => new Text(party.Name!, party.NameEn ?? "")));
    }
}
