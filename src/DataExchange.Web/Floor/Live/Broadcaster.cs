using System.Globalization;
using System.Text;

namespace DataExchange.Web.Floor.Live;

/// <summary>
/// Tells many the same: a message is made once and given to every subscriber. Each has a bounded buffer, and who does not keep up is dropped, so that nobody waits for
/// the slowest; the last messages are kept for those who come back.
/// </summary>
/// <param name="places">The bound on subscribers.</param>
/// <param name="isState">
/// Whether each message says all there is to say, so that who comes (back) needs the last one alone. Otherwise who comes back gets those it missed, and who missed
/// more than are kept hears that first.
/// </param>
internal sealed class Broadcaster(SubscriberPlaces places, bool isState) : IDisposable
{
    /// <summary>Most messages that wait for a subscriber.</summary>
    internal const int Buffer = 32;

    /// <summary>Messages that are kept.</summary>
    internal const int Kept = 64;

    // So that what comes meanwhile finds room too.
    private const int MostReminded = Buffer / 2;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private static readonly byte[] StillHere = ": still here\n\n"u8.ToArray();
    private static readonly byte[] Missed = "event: missed\ndata: {}\n\n"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly HashSet<Subscription> _subscribers = [];
    private readonly Queue<(long Id, byte[] Message)> _kept = [];
    private Timer? _beats;
    private bool _isDisposed;
    private long _forgotten;

    /// <summary>The bound on subscribers.</summary>
    internal SubscriberPlaces Places => places;

    /// <summary>How many listen.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _subscribers.Count;
            }
        }
    }

    /// <summary>Says what came before the first message: who has heard less than that has missed something.</summary>
    /// <param name="id">The id.</param>
    internal void Begin(long id)
    {
        lock (_lock)
        {
            _forgotten = id;
        }
    }

    /// <summary>Tells everybody.</summary>
    /// <param name="id">Rising from message to message.</param>
    /// <param name="type">Kind of the event.</param>
    /// <param name="json">One line.</param>
    internal void Publish(long id, string type, string json)
    {
        var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {type}\ndata: {json}\n\n"));
        lock (_lock)
        {
            _kept.Enqueue((id, message));
            if (_kept.Count > (isState ? 1 : Kept))
            {
                _forgotten = _kept.Dequeue().Id;
            }

            GiveAll(message);
        }
    }

    /// <summary>Lets everybody know that the line is not dead; happens by itself every 15 seconds.</summary>
    internal void Beat()
    {
        lock (_lock)
        {
            GiveAll(StillHere);
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="last">The last message that was heard; null for none.</param>
    /// <returns>Null when all places are taken.</returns>
    internal Subscription? Subscribe(long? last)
    {
        if (!places.TryTake())
        {
            return null;
        }

        lock (_lock)
        {
            var made = new Subscription(this, Buffer);
            if (_isDisposed)
            {
                made.End();
            }

            Remind(made, last);
            _subscribers.Add(made);
            _beats ??= new Timer(_ => Beat(), null, SignOfLife, SignOfLife);
            return made;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _beats?.Dispose();
            foreach (var one in _subscribers)
            {
                one.End();
            }
        }
    }

    internal void Leave(Subscription one)
    {
        lock (_lock)
        {
            _subscribers.Remove(one);
        }

        places.GiveBack();
    }

    private void Remind(Subscription one, long? last)
    {
        if (isState)
        {
            // An id beyond the last is of a server that ran before.
            if (_kept.TryPeek(out var state) && state.Id != last)
            {
                one.Give(state.Message);
            }

            return;
        }

        if (last is not { } heard)
        {
            return;
        }

        var since = _kept.Where(kept => kept.Id > heard).ToList();
        if (heard < _forgotten || since.Count > MostReminded)
        {
            one.Give(Missed);
        }

        foreach (var (_, message) in since.TakeLast(MostReminded))
        {
            one.Give(message);
        }
    }

    private void GiveAll(byte[] message)
    {
        foreach (var one in _subscribers)
        {
            one.Give(message);
        }
    }
}
