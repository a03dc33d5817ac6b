using System.CommandLine;
using System.Numerics;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx shares</c>: who is due what of a product's proceeds, why, and what each was paid.</summary>
internal static class SharesCommand
{
    private const int MostCoalitionsShown = 32;

    public static Command Create()
    {
        var product = new Argument<string>("PRODUCT") { Description = "A product that was listed, by its id, e.g. P000042" };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "shares",
            "Explain who is due what of a product's proceeds: the holder and its contributors (贡献方), by agreement or by Shapley value from what coalitions of them "
            + "would be worth; and what each was paid from its deals so far, to the fen\n\n"
            + "  ./dx shares P000042\n  ./dx shares P000042 --json | jq '.parties[] | [.party, .shareBasisPoints, .paidFen]'")
        {
            product, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(product)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string product, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        var name = product.StartsWith("product/", StringComparison.Ordinal) ? product["product/".Length..] : product;
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        var listings = await ListingsAsync(product, name, new StoredEvents(opened.Database), cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var deals = await session.Query<DealEntry>().Where(deal => deal.Product == name).ToListAsync(cancellation).ConfigureAwait(false);
        var title = await session.LoadAsync<ProductTimeline>(name, cancellation).ConfigureAwait(false);
        var names = await PartyNames.LoadAsync(opened.Store, cancellation).ConfigureAwait(false);
        var shares = ProductShares.Of(listings, deals);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Output(shares, title, names), CommandJson.Readable.SharesOutput));
        }
        else
        {
            Print(shares, title, names);
        }

        return 0;
    }

    private static async Task<IReadOnlyList<ProductListed>> ListingsAsync(string typed, string name, StoredEvents events, CancellationToken cancellation)
    {
        var listings = new List<ProductListed>();
        ListingRefused? refused = null;
        if (name.Length > 0)
        {
            await foreach (var stored in events.OfStreamAsync(StreamId.Listing(new(name)), null, cancellation).ConfigureAwait(false))
            {
                if (stored.Data is ProductListed listed)
                {
                    listings.Add(listed);
                }

                refused = stored.Data as ListingRefused ?? refused;
            }
        }

        if (listings.Count > 0)
        {
            return listings;
        }

        if (refused is not null)
        {
            throw new WrongInputException(
                $"PRODUCT '{typed}' was never listed, so nobody has a share: {refused.Venue} refused it ({refused.Reason}, {Both(RejectionWords.Of(refused.Reason))}).");
        }

        var known = (await events.StreamsAsync("listing", cancellation).ConfigureAwait(false)).Select(stream => stream["listing/".Length..]).ToArray();
        throw new WrongInputException(
            known.Contains(name)
                ? $"PRODUCT '{typed}' was never listed, so nobody has a share."
                : $"PRODUCT '{typed}' is no product that ever came near a shelf; "
                    + (known.Length == 0 ? "no product of this store did." : $"those that did: {known.Length}, nearest are {string.Join(", ", NearestIds.Of(name, known))}."));
    }

    private static SharesOutput Output(ProductShares shares, ProductTimeline? title, PartyNames names) => new(
        shares.Listed.Product.Value, title?.Title, title?.TitleEn, shares.Listed.Venue.Value, shares.Listed.At.ToString(), shares.Listings, shares.Basis.ToString(),
        [.. Coalitions(shares.Listed).Select(coalition => new CoalitionOutput([.. coalition.Members], coalition.Fen))],
        [
            .. shares.Parties.Select(party => new PartyShareOutput(
                party.Party, names.Of(party.Party) is { } text ? Both(text) : null, party.Role.ToString(), party.ShareBasisPoints,
                party.Value is { } value ? Fraction(value) : null, party.PaidFen)),
        ],
        shares.Deals, shares.AmountFen, shares.FeeFen, shares.VatFen, shares.PaidFen, shares.ReturnedFen, shares.InEscrowFen, shares.OffVenueFen);

    private static void Print(ProductShares shares, ProductTimeline? title, PartyNames names)
    {
        var listed = shares.Listed;
        Console.WriteLine($"product/{listed.Product}  {title?.Title} | {title?.TitleEn}");
        Line("上架 listed", $"{listed.Venue}, {EventFields.Show(listed.At)}" + (shares.Listings > 1 ? $" (the last of {shares.Listings} listings)" : ""));
        Line("依据 basis", Both(Of(shares.Basis)) + (listed.Game is { } game ? $", {game.CoalitionValuesFen.Count - 1} coalition values" : ""));
        if (listed.Game is { } values)
        {
            PrintCoalitions(listed, values);
        }

        Console.WriteLine();
        var table = new TextTable(
            new("角色 role"), new("沙普利值 Shapley value, fen", true), new("份额 share, %", true), new("已付 paid, yuan", true), new("参与方 party"));
        foreach (var party in shares.Parties)
        {
            table.Add(
                Both(Of(party.Role)), party.Value is { } value ? Fraction(value) : "—", Percent(party.ShareBasisPoints), new Money(party.PaidFen).ToString(), names.Show(party.Party));
        }

        table.Add("合计 total", listed.Game is null ? "—" : $"{listed.Game.WholeFen}", Percent((int)Money.BasisPoints), new Money(shares.PaidFen).ToString(), "");
        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine();
        Line("成交 deals", $"{shares.Deals:N0}, {new Money(shares.AmountFen)} yuan: fee {new Money(shares.FeeFen)}, VAT {new Money(shares.VatFen)}, "
            + $"paid {new Money(shares.PaidFen)}, back to buyers {new Money(shares.ReturnedFen)}, in escrow {new Money(shares.InEscrowFen)}");
        if (shares.OffVenueFen > 0)
        {
            Line("场外 off venue", $"{new Money(shares.OffVenueFen)} yuan by filed contracts, which nobody shares out here");
        }
    }

    private static void PrintCoalitions(ProductListed listed, ContributionGame game)
    {
        if (game.CoalitionValuesFen.Count > MostCoalitionsShown)
        {
            Line("联盟 coalitions", $"{game.CoalitionValuesFen.Count - 1} (--json for all of them)");
            return;
        }

        Console.WriteLine();
        var table = new TextTable(new("价值 worth, yuan", true), new("联盟 coalition"));
        foreach (var (members, fen) in Coalitions(listed))
        {
            table.Add(new Money(fen).ToString(), string.Join(" + ", members));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    // But for the empty one, which is worth nothing.
    private static IEnumerable<(IReadOnlyList<string> Members, long Fen)> Coalitions(ProductListed listed)
    {
        if (listed.Game is not { } game)
        {
            yield break;
        }

        string[] players = [listed.Holder.Value, .. game.Contributors.Select(party => party.Value)];
        for (var coalition = 1; coalition < game.CoalitionValuesFen.Count; coalition++)
        {
            yield return ([.. players.Where((_, player) => (coalition >> player & 1) == 1)], game.CoalitionValuesFen[coalition]);
        }
    }

    private static Text Of(SharesBasis basis) => basis switch
    {
        SharesBasis.NoContributors => new("无上游贡献方，全归持有人", "no contributors: all of it is the holder's"),
        SharesBasis.Agreed => new("约定分成", "shares that were agreed"),
        SharesBasis.ShapleyValue => new("按沙普利值", "Shapley value"),
        SharesBasis.OneContributor => new("唯一贡献方，全归其所有", "one contributor: all of it is his"),
        _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "no words"),
    };

    private static Text Of(ShareRole role) => role switch
    {
        ShareRole.Holder => new("持有人", "holder"),
        ShareRole.Contributor => new("贡献方", "contributor"),
        ShareRole.Other => new("其他", "other"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no words"),
    };

    private static string Fraction((BigInteger Numerator, BigInteger Denominator) value) =>
        value.Denominator.IsOne ? $"{value.Numerator}" : $"{value.Numerator}/{value.Denominator}";

    private static string Percent(int basisPoints) => $"{basisPoints / 100}.{basisPoints % 100:00}";

    private static string Both(Text text) => $"{text.Zh} {text.En}";

    private static void Line(string title, string text) =>
        Console.WriteLine($"  {title}{new string(' ', Math.Max(1, 18 - TextTable.CellsOf(title)))}{text}");
}
