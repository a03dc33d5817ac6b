namespace DataExchange.Trust;

/// <summary>The keys of all venues.</summary>
public abstract class VenueKeys : IDisposable
{
    private readonly Dictionary<(string Venue, int Generation), VenueKey> _made = [];

    /// <summary>Throw-away keys of a simulated market, the same for the same run: <see cref="ThrowAwayKeys"/>.</summary>
    /// <param name="scenario">The scenario's id.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="scale">The scale.</param>
    public static VenueKeys Derive(string scenario, ulong seed, double scale) => new ThrowAwayKeys(scenario, seed, scale);

    /// <summary>Keys from files: <see cref="KeyFolder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="VenueKeyException">There is no such folder, or it does not say what the logs are called.</exception>
    public static VenueKeys Load(string folder) => new KeyFolder(folder);

    /// <summary>Name of a venue's log, which is the name that the venue's keys sign with.</summary>
    /// <param name="venue">The venue's id.</param>
    public abstract string Origin(string venue);

    /// <summary>A venue's key. It belongs to this object and is disposed with it.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="generation">0 for the first key, one more with each rotation.</param>
    /// <exception cref="VenueKeyException">There is none, or it is no private key on P-256.</exception>
    public VenueKey Of(string venue, int generation = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(venue);
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        if (!_made.TryGetValue((venue, generation), out var key))
        {
            _made.Add((venue, generation), key = Make(venue, generation));
        }

        return key;
    }

    /// <summary>Whether there is such a key; one that is there may still be unfit.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="generation">0 for the first key, one more with each rotation.</param>
    public virtual bool Has(string venue, int generation) => true;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a key that is asked for the first time.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="generation">0 for the first key, one more with each rotation.</param>
    protected abstract VenueKey Make(string venue, int generation);

    /// <summary>Disposes the keys.</summary>
    /// <param name="disposing">Whether it is asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var key in _made.Values)
            {
                key.Dispose();
            }

            _made.Clear();
        }
    }
}
