namespace DataExchange.Web.Floor.Sandbox;

/// <summary>
/// Those who trade on the sandbox floor by themselves: two market makers around a value that wanders, eight others with orders at random. All figures are assumed:
/// they are chosen so that there is something to see, not after any market.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="market">Where they trade.</param>
internal sealed class SandboxAgents(ulong seed, SandboxMarket market)
{
    /// <summary>The account with the largest number.</summary>
    internal const int LastAccount = 11;

    /// <summary>What each begins with, fen.</summary>
    internal const long FirstFen = 100_000_000_000;

    /// <summary>Packs each begins with, in the book and in the auction.</summary>
    internal const int FirstPacks = 20_000;

    /// <summary>Reference price of the book at the beginning, ticks.</summary>
    internal const int FirstBookPrice = 1_000;

    /// <summary>Price of the posted offer at the beginning, ticks.</summary>
    internal const int FirstOfferPrice = 880;

    private const int FirstMaker = 2;
    private const int FirstNoise = 4;
    private const int Noises = LastAccount - FirstNoise + 1;
    private const int FirstAuctionPrice = 900;
    private const int MostOwn = 6;
    private const int MostInAuction = 2;

    private readonly SandboxRandom _random = new(seed);
    private readonly Queue<long>[] _inBook = [.. Enumerable.Range(0, Noises).Select(_ => new Queue<long>())];
    private readonly Queue<long>[] _inAuction = [.. Enumerable.Range(0, Noises).Select(_ => new Queue<long>())];
    private int _value = FirstBookPrice;
    private int _auctionValue = FirstAuctionPrice;

    /// <summary>Does what they do in a second.</summary>
    internal void Act()
    {
        _value = Wander(_value, FirstBookPrice, 3);
        _auctionValue = Wander(_auctionValue, FirstAuctionPrice, 2);
        // News now and then: the price leaves its band, and the book is halted.
        if (_random.Below(300) == 0)
        {
            _value += (_random.Below(2) == 0 ? -1 : 1) * _random.Between(70, 130);
        }

        Quote();
        for (var i = 0; i < Noises; i++)
        {
            if (_random.Below(10) == 0)
            {
                TradeInBook(i);
            }

            if (_random.Below(30) == 0)
            {
                BidInAuction(i);
            }
        }

        if (_random.Below(6) == 0)
        {
            // Who values it less than its price leaves it; nobody finds it sold out.
            var (account, worth, pieces) = (FirstNoise + _random.Below(Noises), _random.Between(600, 1_200), _random.Between(1, 3));
            if (market.OfferPrice is { } price && price <= worth)
            {
                market.Enter(account, SandboxPlace.Offer, true, price, pieces, isNow: true);
            }
        }
    }

    // Somewhat back to where it began, the more the further away it is.
    private int Wander(int value, int home, int most) => value + _random.Between(-most, most) + ((home - value) / 60);

    private void Quote()
    {
        const int Every = 3;
        for (var i = 0; i < FirstNoise - FirstMaker; i++)
        {
            if ((market.Steps + i) % Every != 0)
            {
                continue;
            }

            market.Recall(FirstMaker + i, SandboxPlace.Book, null);
            for (var level = 0; level < 4; level++)
            {
                var away = 3 + (2 * i) + (5 * level) + _random.Below(3);
                market.Enter(FirstMaker + i, SandboxPlace.Book, true, Price(_value - away), _random.Between(3, 14), isNow: false);
                market.Enter(FirstMaker + i, SandboxPlace.Book, false, Price(_value + away), _random.Between(3, 14), isNow: false);
            }
        }
    }

    private void TradeInBook(int noise)
    {
        var (isBid, isNow) = (_random.Below(2) == 0, _random.Below(2) == 0);
        var away = isNow ? -_random.Between(4, 14) : _random.Between(1, 20);
        var number = market.Enter(FirstNoise + noise, SandboxPlace.Book, isBid, Price(isBid ? _value - away : _value + away), _random.Between(1, 6), isNow);
        if (!isNow)
        {
            Keep(_inBook[noise], number, MostOwn, FirstNoise + noise, SandboxPlace.Book);
        }
    }

    private void BidInAuction(int noise)
    {
        var isBid = _random.Below(5) < 3;
        var price = Price(_auctionValue + (isBid ? _random.Between(-25, 15) : _random.Between(-15, 25)));
        var number = market.Enter(FirstNoise + noise, SandboxPlace.Auction, isBid, price, _random.Between(1, 8), isNow: false);
        Keep(_inAuction[noise], number, MostInAuction, FirstNoise + noise, SandboxPlace.Auction);
    }

    // So that what nobody meets does not pile up.
    private void Keep(Queue<long> own, long number, int most, int account, SandboxPlace place)
    {
        own.Enqueue(number);
        if (own.Count > most)
        {
            market.Recall(account, place, own.Dequeue());
        }
    }

    private static int Price(int ticks) => Math.Clamp(ticks, 1, (int)(SandboxMarket.HighestPriceFen / SandboxMarket.TickFen));
}
