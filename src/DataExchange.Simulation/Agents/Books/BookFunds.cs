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
            var deposit = ((missing / WholeThousandYuan) + thousands) * WholeThousandYuan;
            await market.Kernel.SubmitAsync(new DepositFunds(party, deposit) { At = market.Kernel.Now, By = party }).ConfigureAwait(true);
            _fen += deposit;
        }
    }

    /// <summary>Notes what is held for an order, or was taken by something else.</summary>
    public void Hold(long fen) => _fen -= fen;

    /// <summary>Notes what an order needs no more.</summary>
    public void Free(long fen) => _fen += fen;
}
