using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// The market of a <see cref="ChaosRun"/> goes on live: hundreds of orders and deposits at a time, over the bus and over HTTP, while one fault after the
/// other is made. There is no run without faults to compare with, since nobody knows in which order they come; what is looked at after each is that every
/// command that was accepted is in the store once, that none that was refused is, that time does not run backwards and that the books balance.
/// </summary>
internal sealed class LiveRun(ChaosMarket market, ChaosStage stage, IReadOnlyList<ChaosFault> faults, Action<ChaosResult> onResult)
{
    private const int OrdersAtATime = 200;
    private const int DepositsAtATime = 400;
    private const int RequestsAtATime = 20;
    private const int Buyers = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan BetweenLoads = TimeSpan.FromMilliseconds(750);
    private static readonly PartyId HttpBuyer = new("live-http");
    private readonly MarketLedger _ledger = new();
    private readonly ConcurrentDictionary<long, bool> _deposits = new();
    private readonly ConcurrentDictionary<string, bool> _orders = new(StringComparer.Ordinal);
    private long _read;
    private SimulatedTime _lastAt;
    private long _number;
    private double _longest;

    /// <summary>What became of the faults.</summary>
    public List<ChaosResult> Results { get; } = [];

    /// <summary>Commands that were given.</summary>
    public long Commands => _number;

    /// <summary>Makes all faults. The services are to be at rest and the market completed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await stage.GoLiveAsync(cancellation).ConfigureAwait(false);
        await stage.RestAsync(cancellation).ConfigureAwait(false);
        if (await ReadAsync(cancellation).ConfigureAwait(false) is { } wrong)
        {
            throw new CommandFailedException($"The market is not sound before anything was done to it: {wrong}");
        }

        var offers = Offers();
        using var http = await stage.BuyerAsync(HttpBuyer.Value, cancellation).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Buyers).Select(number => AdmitAsync(number, cancellation))).ConfigureAwait(false);
        await stage.RestAsync(cancellation).ConfigureAwait(false);
        foreach (var fault in faults)
        {
            var result = await MakeAsync(fault, offers, http, cancellation).ConfigureAwait(false);
            Results.Add(result);
            onResult(result);
        }

        await stage.EndProcessesAsync().ConfigureAwait(false);
    }

    private async Task<ChaosResult> MakeAsync(
        ChaosFault fault, List<(ProductId Product, VenueId Venue)> offers, HttpClient http, CancellationToken cancellation)
    {
        var began = _number + 1;
        _longest = 0;
        string? problem;
        string? remark = null;
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(Longest);
            var breaking = stage.BreakAsync(fault, isAlone: false, Task.CompletedTask, cancellation);
            var overHttp = Task.WhenAll(Enumerable.Range(0, RequestsAtATime).Select(_ => RequestAsync(http, late.Token)));
            do
            {
                await Task.WhenAll(
                [
                    .. Enumerable.Range(0, OrdersAtATime).Select(_ => OrderAsync(offers, late.Token)),
                    .. Enumerable.Range(0, DepositsAtATime).Select(_ => DepositAsync(late.Token)),
                ]).ConfigureAwait(false);
                // What starts again needs the processors too: without a pause the load keeps it from coming back, and a slow machine gives itself the more to do.
                await Task.WhenAny(breaking, Task.Delay(BetweenLoads, late.Token)).ConfigureAwait(false);
            }
            while (!breaking.IsCompleted);
            await overHttp.ConfigureAwait(false);
            remark = await breaking.ConfigureAwait(false);
            await stage.RestAsync(cancellation).ConfigureAwait(false);
            problem = stage.SayEnded() ?? await ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            problem = $"a command was not answered within {Longest.TotalSeconds:0} s. {stage.SayEnded()}";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            problem = $"the fault could not be made or mended: {failure.Message}";
        }

        return new ChaosResult(null, [fault], began, _longest, remark is null ? [] : [remark], problem) { IsLive = true };
    }

    private async Task AdmitAsync(int number, CancellationToken cancellation)
    {
        var venue = new PartyId("venue-hzdex");
        await SendAsync(new AdmitBuyer(Buyer(number), SecurityClass.Important) { At = Now(), By = venue }, cancellation).ConfigureAwait(false);
        await SendAsync(new DepositFunds(Buyer(number), 1_000_000_000_000) { At = Now(), By = Buyer(number) }, cancellation).ConfigureAwait(false);
    }

    private async Task OrderAsync(List<(ProductId Product, VenueId Venue)> offers, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _number);
        var (product, venue) = offers[(int)(number % offers.Count)];
        var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"L{number:0000000}"));
        var buyer = Buyer((int)(number % Buyers));
        _orders[deal.Value] = await SendAsync(
            new PlaceOrder(product, deal, venue, buyer, null, TradeChannel.Shelf, 1, null) { At = Now(), By = buyer }, cancellation).ConfigureAwait(false);
    }

    // No two deposits are of the same amount, so that each is known by it.
    private async Task DepositAsync(CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _number);
        var buyer = Buyer((int)(number % Buyers));
        _deposits[number] = await SendAsync(new DepositFunds(buyer, number) { At = Now(), By = buyer }, cancellation).ConfigureAwait(false);
    }

    private async Task RequestAsync(HttpClient http, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _number);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands/DepositFunds")
                {
                    Content = JsonContent.Create(new { party = HttpBuyer.Value, amountFen = number }),
                };
                request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"live-{number}"));
                using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    _deposits[number] = true;
                    Note(started);
                    return;
                }

                if ((int)response.StatusCode is >= 400 and < 500 and not 429)
                {
                    throw new CommandFailedException($"The gateway refused a deposit: {await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)}");
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                // It was killed: the same key again, until it is back.
            }

            await Task.Delay(100, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> SendAsync(Command command, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await stage.Sender.SendAsync(Guid.NewGuid(), command, null, cancellation).ConfigureAwait(false);
        Note(started);
        return answer.Outcome.Accepted;
    }

    private void Note(long started)
    {
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        for (var before = Volatile.Read(ref _longest); took > before;)
        {
            var found = Interlocked.CompareExchange(ref _longest, took, before);
            if (found == before)
            {
                return;
            }

            before = found;
        }
    }

    // What was recorded since it was looked at last; null when nothing is wrong with it.
    private async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        await foreach (var raw in new RawEventReader(stage.Database).ReadBySequenceAsync(_read + 1, cancellation: cancellation).ConfigureAwait(false))
        {
            var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
            if (raw.Sequence != ++_read)
            {
                return $"fact {_read} is missing: {raw.Sequence} comes next";
            }

            if (fact.At.UnixSeconds < _lastAt.UnixSeconds)
            {
                return $"fact {raw.Sequence} is of {fact.At}, before the one before it, {_lastAt}";
            }

            _lastAt = fact.At;
            if (_ledger.Take(raw.Sequence, raw.StreamId, (int)raw.Version, fact) is { } defect)
            {
                return $"fact {raw.Sequence} does not fit the books: {defect}";
            }

            if (IsUnexpected(fact))
            {
                return $"fact {raw.Sequence} is of a command that was refused, or there twice: {ChaosMarket.Line(raw.StreamId, raw.Version, fact)}";
            }
        }

        if (_lastAt.UnixSeconds > Now().UnixSeconds)
        {
            return $"the last fact is of {_lastAt}, which is yet to come";
        }

        var lost = _deposits.Where(deposit => deposit.Value).Select(deposit => $"deposit {deposit.Key}")
            .Concat(_orders.Where(order => order.Value).Select(order => $"order {order.Key}")).FirstOrDefault();
        _deposits.Clear();
        _orders.Clear();
        return lost is not null ? $"{lost} was accepted and is not in the store"
            : LedgerTotals.Of(_ledger).TrialBalanceFen is not 0 and var balance ? $"the trial balance is {balance} fen"
            : null;
    }

    // Each accepted command is taken off once: whatever is left is lost, whatever comes again is doubled.
    private bool IsUnexpected(Event fact) => fact switch
    {
        LicenceGranted { Deal.Value: ['L', ..] } granted => !(_orders.TryRemove(granted.Deal.Value, out var isAccepted) && isAccepted),
        FundsDeposited deposited when deposited.By.Value.StartsWith("live-", StringComparison.Ordinal) && deposited.AmountFen < 1_000_000_000_000 =>
            !(_deposits.TryRemove(deposited.AmountFen, out var isAccepted) && isAccepted),
        _ => false,
    };

    private static SimulatedTime Now() => new(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private static PartyId Buyer(int number) => new(string.Create(CultureInfo.InvariantCulture, $"live-{number:00}"));

    private List<(ProductId Product, VenueId Venue)> Offers() =>
    [
        .. market.Facts.Where(fact => fact.Stream.StartsWith("offer/", StringComparison.Ordinal)).GroupBy(fact => fact.Stream)
            .SelectMany(stream =>
            {
                var kind = StreamKind.Of(stream.Key);
                var offer = (IssuanceRight)stream.Aggregate(kind.Initial, (state, fact) => kind.Evolve(state, fact.Data));
                return offer.Venues.Where(venue => venue.Value == OfferStatus.Open).Select(venue => (new ProductId(stream.Key["offer/".Length..]), new VenueId(venue.Key)));
            }),
    ];
}
