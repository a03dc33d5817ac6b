using System.Threading.Channels;

namespace DataExchange.Web.Floor.Live;

/// <summary>One who listens to a broadcaster.</summary>
internal sealed class Subscription : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Broadcaster _from;
    private readonly Channel<byte[]> _waiting;
    private readonly CancellationTokenSource _late = new();
    private int _hasLeft;

    internal Subscription(Broadcaster from, int buffer)
    {
        _from = from;
        _waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(buffer) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Whether it did not keep up.</summary>
    internal bool IsDropped { get; private set; }

    /// <summary>What waits for it; ends when it is dropped or the broadcaster ends.</summary>
    internal ChannelReader<byte[]> Messages => _waiting.Reader;

    /// <summary>Cancelled when it was dropped and still does not take what waits for it.</summary>
    internal CancellationToken Late => _late.Token;

    internal void Give(byte[] message)
    {
        if (!_waiting.Writer.TryWrite(message) && _waiting.Writer.TryComplete())
        {
            IsDropped = true;
            _late.CancelAfter(LastWords);
        }
    }

    internal void End() => _waiting.Writer.TryComplete();

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            _from.Leave(this);
            _late.Dispose();
        }
    }
}
