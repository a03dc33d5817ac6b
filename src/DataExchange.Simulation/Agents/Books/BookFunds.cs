using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>
/// What a party knows of the money that it set aside for order books. A firm that buys from the shelf too keeps that money apart, so that its
/// trading shifts none of its draws at the shelf.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="party">Whose money it is.</param>
public sealed class BookFunds(Market market, PartyId party)
{
    private const long WholeThousandYuan = 100_000;
    private long _fen;

    /// <summary>Fen that are neither held for an order nor spent.</summary>
    public long AvailableFen => _fen;

    /// <summary>Whether anything was ever set aside.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Pays in so that an amount can be held, unless the party is short of money this time.</summary>
    /// <param name="amountFen">Fen, above 0.</param>
    /// <param name="shortOfMoney">Probability of that.</param>
    /// <param name="random">Of the book, so that draws elsewhere stay.</param>
    public async ValueTask TopUpAsync(long amountFen, double shortOfMoney, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        // Drawn in every case, so that what the party has shifts no later draw of the book.
        var isShort = random.NextBoolean(shortOfMoney);
        var thousands = 1 + random.NextInt32(4);
        var missing = amountFen - AvailableFen;
        if (missing > 0 && !isShort)
        {
            await DepositAsync(((missing / WholeThousandYuan) + thousands) * WholeThousandYuan).ConfigureAwait(true);
        }
    }

    /// <summary>Pays in what is missing when more was taken than was there.</summary>
    /// <param name="amountFen">What something else took out of it, fen, 0 or more.</param>
    public async ValueTask CoverAsync(long amountFen)
    {
        _fen -= amountFen;
        if (_fen < 0)
        {
            await DepositAsync((1 + (-_fen / WholeThousandYuan)) * WholeThousandYuan).ConfigureAwait(true);
        }
    }

    /// <summary>Notes what is held for an order.</summary>
    internal void Hold(long fen) => _fen -= fen;

    /// <summary>Notes what an order needs no more.</summary>
    internal void Free(long fen) => _fen += fen;

    internal async ValueTask DepositAsync(long fen)
    {
        await market.Kernel.SubmitAsync(new DepositFunds(party, fen) { At = market.Kernel.Now, By = party }).ConfigureAwait(true);
        _fen += fen;
        IsUsed = true;
    }
}
