namespace DataExchange.Matching.Tests.Naive;

/// <summary>Section "Setup".</summary>
internal sealed partial class NaiveEngine
{
    private Reason DefineProduct(in Command command)
    {
        if (command.Instrument < 0 || command.Instrument >= limits.Products)
        {
            return Reason.CapacityReached;
        }

        if (_products.ContainsKey(command.Instrument))
        {
            return Reason.AlreadyDefined;
        }

        if (command.Amount < 0)
        {
            return Reason.InvalidAmount;
        }

        _products.Add(command.Instrument, new() { Issuer = command.Account, Cap = command.Amount, Class = command.Level });
        return Done(command);
    }

    private Reason DefineInstrument(in Command command)
    {
        if (command.Instrument < 0 || command.Instrument >= limits.Instruments)
        {
            return Reason.CapacityReached;
        }

        if (!_products.TryGetValue(command.Account, out var product))
        {
            return Reason.UnknownProduct;
        }

        if (_instruments.ContainsKey(command.Instrument))
        {
            return Reason.AlreadyDefined;
        }

        var (lowest, highest, lot, largest) = (command.Price, command.StopPrice, command.Display, command.Quantity);
        if (!(lowest >= 1 && lowest <= highest && highest <= MostUnits))
        {
            return Reason.InvalidPrice;
        }

        if (lot < 1 || largest < lot || largest > MostUnits)
        {
            return Reason.InvalidQuantity;
        }

        if (command.Amount < 1 || (Int128)highest * command.Amount * largest > Most || !IsPool(command.ClientOrderId))
        {
            return Reason.InvalidAmount;
        }

        _instruments.Add(command.Instrument, new()
        {
            Number = command.Instrument, Product = product, Pool = command.ClientOrderId, TickFen = command.Amount, Lowest = lowest,
            Highest = highest, Lot = lot, Largest = largest, Resale = command.Flag == 1,
        });
        return Done(command);
    }

    private static bool IsPool(long pool) => pool is >= 0 and <= int.MaxValue;

    private Reason SetTickBand(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        var (from, step) = (command.Price, command.Quantity);
        var last = instrument.TickBands.Count == 0 ? 0 : instrument.TickBands[^1].From;
        if (step < 1 || from <= last || from % step != 0)
        {
            return Reason.InvalidPrice;
        }

        if (instrument.TickBands.Count == 8)
        {
            return Reason.CapacityReached;
        }

        instrument.TickBands.Add((from, step));
        return Done(command);
    }

    private Reason SetPriceBand(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        var (basisPoints, reference, halt) = (command.Quantity, command.Price, command.Amount);
        if (basisPoints is < 0 or > 9_999 || (basisPoints > 0 && (reference < 1 || halt < 1)))
        {
            return Reason.InvalidAmount;
        }

        instrument.BandBasisPoints = basisPoints;
        instrument.Reference = basisPoints > 0 ? reference : 0;
        instrument.HaltLength = basisPoints > 0 ? halt : 0;
        return Done(command);
    }

    private Reason SetBatchInterval(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (command.Amount < 0)
        {
            return Reason.InvalidAmount;
        }

        instrument.BatchInterval = command.Amount;
        instrument.NextBatch = command.Amount == 0 ? null : AtMostEver(((Int128)(_now / command.Amount) + 1) * command.Amount);
        return Done(command);
    }

    /// <summary>A time, or none when it lies beyond all times.</summary>
    private static long? AtMostEver(Int128 time) => time > long.MaxValue ? null : (long)time;

    private Reason OpenAccount(in Command command)
    {
        if (command.Account < 0 || command.Account >= limits.Accounts)
        {
            return Reason.CapacityReached;
        }

        if (_accounts.ContainsKey(command.Account))
        {
            return Reason.AlreadyDefined;
        }

        if (command.Instrument < 0 || !IsPool(command.ClientOrderId))
        {
            return Reason.InvalidAmount;
        }

        _accounts.Add(command.Account, new()
        {
            Number = command.Account, Participant = command.Instrument, Pool = command.ClientOrderId, Admitted = command.Level,
        });
        return Done(command);
    }

    private Reason Deposit(in Command command)
    {
        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Amount < 1 || (Int128)account.Available + account.Held + command.Amount > Most)
        {
            return Reason.InvalidAmount;
        }

        account.Available += command.Amount;
        return Done(command);
    }

    private Reason Withdraw(in Command command)
    {
        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Amount < 1)
        {
            return Reason.InvalidAmount;
        }

        if (command.Amount > account.Available)
        {
            return Reason.InsufficientFunds;
        }

        account.Available -= command.Amount;
        return Done(command);
    }

    private Reason IssueUnits(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (account.Pool != instrument.Pool)
        {
            return Reason.WrongPool;
        }

        if (command.Quantity < 1 || command.Quantity % instrument.Lot != 0 || Owned(account, instrument) + command.Quantity > MostUnits)
        {
            return Reason.InvalidQuantity;
        }

        if (instrument.Product.Exclusive)
        {
            return Reason.ExclusiveSold;
        }

        if (instrument.Product.RightLeft < command.Quantity)
        {
            return Reason.CapReached;
        }

        instrument.Product.Issued += command.Quantity;
        account.UnitsIn(instrument.Number).Available += command.Quantity;
        return Done(command);
    }

    private static long Owned(NaiveAccount account, NaiveInstrument instrument) =>
        account.UnitsIn(instrument.Number).Available + account.UnitsIn(instrument.Number).Held;

    private Reason RevokeUnits(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Quantity < 1)
        {
            return Reason.InvalidQuantity;
        }

        if (command.Quantity > account.UnitsIn(instrument.Number).Available)
        {
            return Reason.InsufficientUnits;
        }

        account.UnitsIn(instrument.Number).Available -= command.Quantity;
        instrument.Product.Revoked += command.Quantity;
        if (instrument.Product.Active == 0)
        {
            instrument.Product.Exclusive = false;
        }

        return Done(command);
    }
}
