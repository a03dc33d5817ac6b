using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>Licence units, a commodity for each product: what was issued stands against what parties hold and what is used up.</summary>
public sealed partial class MarketLedger
{
    private readonly Dictionary<ProductId, UnitRow> _units = [];

    private string? TakeUnits(Event e) => e switch
    {
        LicenceGranted x => Begin(x.Deal) ?? Grant(x),
        LicenceRevoked x => Begin(x.Deal) ?? Revoke(x),
        PacksTraded x => Begin(x.Deal) ?? Trade(x),
        PacksRedeemed x => Begin(default)
            ?? Move(Packs(x.Product, x.Party) is var packs ? Used(x.Product) : 0, packs, x.Quantity, LedgerCode.Use),
        _ => null,
    };

    private string? Grant(LicenceGranted e)
    {
        var row = _deals[NumberOf(e.Deal)];
        (row.Holder, row.Licences) = (e.Buyer, e.Quantity);
        return Move(HeldBy(e.Product, e.Buyer), Row(e.Product).Issued, e.Quantity, LedgerCode.Issue);
    }

    private string? Revoke(LicenceRevoked e)
    {
        var row = _deals[NumberOf(e.Deal)];
        return row.Licences == 0
            ? $"deal {row.Name} has no licence to take back"
            : Move(Row(e.Product).Issued, HeldBy(e.Product, row.Holder), row.Licences, LedgerCode.Revocation);
    }

    // In an auction a party may meet itself: its packs stay where they are.
    private string? Trade(PacksTraded e) =>
        e.IsIssue ? Move(Packs(e.Product, e.Buyer), Row(e.Product).Issued, e.Quantity, LedgerCode.Issue)
        : e.Buyer == e.Seller ? null
        : Move(Packs(e.Product, e.Buyer), Packs(e.Product, e.Seller), e.Quantity, LedgerCode.Resale);

    private UnitRow Row(ProductId product)
    {
        if (!_units.TryGetValue(product, out var row))
        {
            var commodity = Chart.UnitsOf(product);
            row = new UnitRow(commodity, Chart.OfUnits(LicenceAccount.Issued(product), AccountClass.Liability, commodity, AccountLimit.NeverOverdrawn));
            _units.Add(product, row);
        }

        return row;
    }

    private long HeldBy(ProductId product, PartyId party) =>
        Chart.OfUnits(LicenceAccount.Held(product, party), AccountClass.Asset, Row(product).Commodity, AccountLimit.NeverOverdrawn);

    private long Packs(ProductId product, PartyId party) =>
        Chart.OfUnits(LicenceAccount.Packs(product, party), AccountClass.Asset, Row(product).Commodity, AccountLimit.NeverOverdrawn);

    private long Used(ProductId product) =>
        Chart.OfUnits(LicenceAccount.Used(product), AccountClass.Asset, Row(product).Commodity, AccountLimit.NeverOverdrawn);

    private readonly record struct UnitRow(Commodity Commodity, long Issued);
}
