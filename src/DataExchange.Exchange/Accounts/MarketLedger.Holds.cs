using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>
/// Holds are two-phase transfers from a party's money to escrow. A hold that changes in size is voided and made anew in one chain, since a hold
/// ends as a whole.
/// </summary>
public sealed partial class MarketLedger
{
    private readonly List<DealRow> _deals = [new() { Name = "" }];
    private readonly Dictionary<(PartyId Party, ProductId Product, int Number), OpenHold> _orderHolds = [];
    private readonly Dictionary<(PartyId Party, AuctionId Auction, int Number), OpenHold> _bidHolds = [];

    private string? Hold(FundsHeld e)
    {
        _deals[NumberOf(e.Deal)].Hold = AddHold(e.Party, e.AmountFen, LedgerCode.Hold);
        return null;
    }

    private string? Release(HoldReleased e)
    {
        End(TransferKind.Void, TakeHold(e.Deal).Id, e.AmountFen, LedgerCode.Release);
        return null;
    }

    private string? Capture(HoldCaptured e)
    {
        End(TransferKind.Post, TakeHold(e.Deal).Id, e.AmountFen, LedgerCode.Escrow);
        return null;
    }

    private string? Hold(OrderFundsHeld e)
    {
        _orderHolds[(e.Party, e.Product, e.Number)] = AddHold(e.Party, e.AmountFen, LedgerCode.OrderHold);
        return null;
    }

    private string? Release(OrderFundsReleased e) => Shrink((e.Party, e.Product, e.Number), e.AmountFen);

    // Part of an order's hold becomes the hold of the deal that it led to; nothing is paid yet.
    private string? Allot(OrderFundsAllotted e)
    {
        if (Shrink((e.Party, e.Product, e.Number), e.AmountFen) is { } wrong)
        {
            return wrong;
        }

        _deals[NumberOf(e.Deal)].Hold = AddHold(e.Party, e.AmountFen, LedgerCode.Hold);
        return null;
    }

    private string? Hold(BidFundsHeld e)
    {
        _bidHolds[(e.Party, e.Auction, e.Number)] = AddHold(e.Party, e.AmountFen, LedgerCode.BidHold);
        return null;
    }

    private string? Release(BidFundsReleased e)
    {
        _bidHolds.Remove((e.Party, e.Auction, e.Number), out var hold);
        End(TransferKind.Void, hold.Id, e.AmountFen, LedgerCode.Release);
        return null;
    }

    // A hold ends towards escrow or back: what goes to somebody else goes back first.
    private string? Forfeit(DepositForfeited e)
    {
        _bidHolds.Remove((e.Party, e.Auction, e.Number), out var hold);
        End(TransferKind.Void, hold.Id, e.AmountFen, LedgerCode.Release);
        return Move(Available(e.Party), Payable(e.Provider), e.AmountFen, LedgerCode.Forfeit);
    }

    private string? Shrink((PartyId Party, ProductId Product, int Number) order, long by)
    {
        _orderHolds.Remove(order, out var hold);
        if (by > hold.Amount)
        {
            return $"{by} fen are free of order {order.Number} of {order.Party.Value}, of which {hold.Amount} are held";
        }

        End(TransferKind.Void, hold.Id, hold.Amount, LedgerCode.Release);
        if (hold.Amount > by)
        {
            _orderHolds[order] = AddHold(order.Party, hold.Amount - by, LedgerCode.OrderHold);
        }

        return null;
    }

    private OpenHold AddHold(PartyId party, long amount, LedgerCode code)
    {
        var id = IdOf(_place, _version, _length);
        Add(new Transfer
        {
            Id = id,
            Kind = TransferKind.Pending,
            DebitAccount = Available(party),
            CreditAccount = _escrow,
            Amount = amount,
            Code = (ushort)code,
            Time = _at.UnixSeconds,
            Reference = _reference,
        });
        return new OpenHold(id, amount);
    }

    // A hold that is not known has the id 0, which the ledger refuses with its own word.
    private void End(TransferKind kind, UInt128 hold, long amount, LedgerCode code) => Add(new Transfer
    {
        Id = IdOf(_place, _version, _length),
        Kind = kind,
        PendingId = hold,
        Amount = amount,
        Code = (ushort)code,
        Time = _at.UnixSeconds,
        Reference = _reference,
    });

    private OpenHold TakeHold(DealId deal)
    {
        var row = _deals[NumberOf(deal)];
        var hold = row.Hold;
        row.Hold = default;
        return hold;
    }

    private readonly record struct OpenHold(UInt128 Id, long Amount);

    private sealed class DealRow
    {
        internal required string Name { get; init; }

        internal long ProviderAccount { get; set; }

        internal OpenHold Hold { get; set; }

        internal PartyId Holder { get; set; }

        internal int Licences { get; set; }
    }
}
