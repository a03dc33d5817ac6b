using System.Runtime.CompilerServices;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Products, instruments, accounts; money and units from outside the book.</content>
public sealed partial class MatchingEngine<THandler>
{
    private Reason DefineProduct(in Command command)
    {
        if ((uint)command.Instrument >= (uint)_products.Length)
        {
            return Reason.CapacityReached;
        }

        ref var product = ref _products[command.Instrument];
        if (product.Defined)
        {
            return Reason.AlreadyDefined;
        }

        if (command.Amount < 0)
        {
            return Reason.InvalidAmount;
        }

        product = new ProductState { Defined = true, Issuer = command.Account, Cap = command.Amount, SecurityClass = command.Level };
        _productsUsed = Math.Max(_productsUsed, command.Instrument + 1);
        return Reason.None;
    }

    private Reason DefineInstrument(in Command command)
    {
        if ((uint)command.Instrument >= (uint)_instruments.Length)
        {
            return Reason.CapacityReached;
        }

        if (!IsProduct(command.Account))
        {
            return Reason.UnknownProduct;
        }

        ref var instrument = ref _instruments[command.Instrument];
        var (lowest, highest, lot, largest) = (command.Price, command.StopPrice, command.Display, command.Quantity);
        if (instrument.Defined)
        {
            return Reason.AlreadyDefined;
        }

        if (lowest < 1 || highest < lowest || highest > Most)
        {
            return Reason.InvalidPrice;
        }

        if (lot < 1 || largest < lot || largest > Most)
        {
            return Reason.InvalidQuantity;
        }

        if (command.Amount < 1 || command.Amount > MostFen / highest / largest || command.ClientOrderId is < 0 or > int.MaxValue)
        {
            return Reason.InvalidAmount;
        }

        instrument = new InstrumentState
        {
            Defined = true, Phase = Phase.Continuous, Product = command.Account, Pool = (int)command.ClientOrderId, TickFen = command.Amount,
            LowestPrice = lowest, HighestPrice = highest, Lot = lot, LargestQuantity = largest, Resale = command.Flag == 1,
            HighestTrade = int.MaxValue, SecurityClass = _products[command.Account].SecurityClass,
        };
        _instrumentsUsed = Math.Max(_instrumentsUsed, command.Instrument + 1);
        LinkToProduct(command.Instrument, ref instrument);
        return Reason.None;
    }

    private void LinkToProduct(int number, ref InstrumentState instrument)
    {
        ref var link = ref _products[instrument.Product].FirstInstrument;
        while (link != 0 && link - 1 < number)
        {
            link = ref _instruments[link - 1].NextOfProduct;
        }

        (instrument.NextOfProduct, link) = (link, number + 1);
    }

    private Reason SetTickBand(in Command command)
    {
        if (!IsInstrument(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        ref var instrument = ref _instruments[command.Instrument];
        var bands = _ticks[command.Instrument] ??= new TickBand[MostTickBands];
        var (from, step) = (command.Price, command.Quantity);
        if (step < 1 || from < 1 || from % step != 0 || (instrument.TickBands > 0 && from <= bands[instrument.TickBands - 1].From))
        {
            return Reason.InvalidPrice;
        }

        if (instrument.TickBands == MostTickBands)
        {
            return Reason.CapacityReached;
        }

        bands[instrument.TickBands++] = new TickBand(from, step);
        return Reason.None;
    }

    private Reason SetPriceBand(in Command command)
    {
        if (!IsInstrument(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        if ((uint)command.Quantity > 9_999 || (command.Quantity > 0 && (command.Price < 1 || command.Amount < 1)))
        {
            return Reason.InvalidAmount;
        }

        ref var instrument = ref _instruments[command.Instrument];
        (instrument.BandBasisPoints, instrument.HaltLength) = (command.Quantity, command.Amount);
        SetReference(ref instrument, command.Price);
        return Reason.None;
    }

    private static void SetReference(ref InstrumentState instrument, int price)
    {
        var band = instrument.BandBasisPoints;
        instrument.Reference = band == 0 ? 0 : price;
        (instrument.LowestTrade, instrument.HighestTrade) = band == 0
            ? (0, int.MaxValue)
            : ((int)((((long)price * (10_000 - band)) + 9_999) / 10_000), (int)Math.Min(int.MaxValue, (long)price * (10_000 + band) / 10_000));
    }

    private Reason SetBatchInterval(in Command command)
    {
        if (!IsInstrument(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (command.Amount < 0)
        {
            return Reason.InvalidAmount;
        }

        _instruments[command.Instrument].BatchInterval = command.Amount;
        ScheduleBatch(command.Instrument, _now);
        NoteNextDue();
        return Reason.None;
    }

    private Reason OpenAccount(in Command command)
    {
        if ((uint)command.Account >= (uint)_accounts.Length)
        {
            return Reason.CapacityReached;
        }

        ref var account = ref _accounts[command.Account];
        if (account.Open)
        {
            return Reason.AlreadyDefined;
        }

        if (command.Instrument < 0 || command.ClientOrderId is < 0 or > int.MaxValue)
        {
            return Reason.InvalidAmount;
        }

        account = new AccountState
        {
            Open = true, Participant = command.Instrument, Pool = (int)command.ClientOrderId, AdmittedClass = command.Level,
        };
        _accountsUsed = Math.Max(_accountsUsed, command.Account + 1);
        return Reason.None;
    }

    private Reason Deposit(in Command command)
    {
        if (!IsAccount(command.Account))
        {
            return Reason.UnknownAccount;
        }

        ref var account = ref _accounts[command.Account];
        if (command.Amount < 1 || command.Amount > MostFen - account.Available - account.Held)
        {
            return Reason.InvalidAmount;
        }

        account.Available += command.Amount;
        return Reason.None;
    }

    private Reason Withdraw(in Command command)
    {
        if (!IsAccount(command.Account))
        {
            return Reason.UnknownAccount;
        }

        ref var account = ref _accounts[command.Account];
        if (command.Amount < 1)
        {
            return Reason.InvalidAmount;
        }

        if (command.Amount > account.Available)
        {
            return Reason.InsufficientFunds;
        }

        account.Available -= command.Amount;
        return Reason.None;
    }

    private Reason IssueUnits(in Command command)
    {
        var reason = CheckPlace(command);
        if (reason != Reason.None)
        {
            return reason;
        }

        ref var instrument = ref _instruments[command.Instrument];
        ref var product = ref _products[instrument.Product];
        ref var position = ref _positions.Find(command.Account, command.Instrument);
        var units = Unsafe.IsNullRef(ref position) ? 0L : position.Available + position.Held;
        if (command.Quantity < 1 || command.Quantity % instrument.Lot != 0 || units + command.Quantity > Most)
        {
            return Reason.InvalidQuantity;
        }

        if (product.Exclusive)
        {
            return Reason.ExclusiveSold;
        }

        if (product.RightLeft < command.Quantity)
        {
            return Reason.CapReached;
        }

        if (!_positions.Ensure(command.Account, command.Instrument))
        {
            return Reason.CapacityReached;
        }

        _positions.Find(command.Account, command.Instrument).Available += command.Quantity;
        product.Issued += command.Quantity;
        return Reason.None;
    }

    private Reason RevokeUnits(in Command command)
    {
        if (!IsInstrument(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!IsAccount(command.Account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Quantity < 1)
        {
            return Reason.InvalidQuantity;
        }

        ref var position = ref _positions.Find(command.Account, command.Instrument);
        if (Unsafe.IsNullRef(ref position) || position.Available < command.Quantity)
        {
            return Reason.InsufficientUnits;
        }

        position.Available -= command.Quantity;
        ref var product = ref _products[_instruments[command.Instrument].Product];
        product.Revoked += command.Quantity;
        product.Exclusive &= product.Active > 0;
        return Reason.None;
    }

    private Reason CheckPlace(in Command command) =>
        !IsInstrument(command.Instrument) ? Reason.UnknownInstrument
        : !IsAccount(command.Account) ? Reason.UnknownAccount
        : _accounts[command.Account].Pool != _instruments[command.Instrument].Pool ? Reason.WrongPool
        : Reason.None;
}
