namespace DataExchange.MatchingBenchmarks;

/// <summary>
/// The generator behind Python's <c>random</c> module, MT19937, with those of its functions that the flow needs; the same seed gives the
/// same numbers as there.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Length = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>As <c>random.Random(seed)</c> with a whole number.</summary>
    public MersenneTwister(ulong seed)
    {
        uint[] key = seed > uint.MaxValue ? [(uint)(seed & uint.MaxValue), (uint)(seed >> 32)] : [(uint)seed];
        unchecked
        {
            _state[0] = 19_650_218;
            for (var i = 1; i < Length; i++)
            {
                _state[i] = (1_812_433_253U * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
            }

            var (place, word) = (1, 0);
            for (var left = Math.Max(Length, key.Length); left > 0; left--)
            {
                _state[place] = (_state[place] ^ ((_state[place - 1] ^ (_state[place - 1] >> 30)) * 1_664_525U)) + key[word] + (uint)word;
                place = Following(place);
                word = (word + 1) % key.Length;
            }

            for (var left = Length - 1; left > 0; left--)
            {
                _state[place] = (_state[place] ^ ((_state[place - 1] ^ (_state[place - 1] >> 30)) * 1_566_083_941U)) - (uint)place;
                place = Following(place);
            }
        }

        _state[0] = 0x8000_0000;
    }

    /// <summary>As <c>random()</c>: from 0, below 1.</summary>
    public double NextDouble()
    {
        var (high, low) = (Next() >> 5, Next() >> 6);
        return ((high * 67_108_864.0) + low) / 9_007_199_254_740_992.0;
    }

    /// <summary>As <c>randrange(n)</c>, also what <c>choice</c> and <c>randint</c> use.</summary>
    public int Below(int bound)
    {
        var bits = 32 - int.LeadingZeroCount(bound);
        while (true)
        {
            var drawn = Next() >> (32 - bits);
            if (drawn < (uint)bound)
            {
                return (int)drawn;
            }
        }
    }

    /// <summary>As <c>expovariate(rate)</c>.</summary>
    public double Exponential(double rate) => -Math.Log(1.0 - NextDouble()) / rate;

    private int Following(int place)
    {
        if (place + 1 < Length)
        {
            return place + 1;
        }

        _state[0] = _state[Length - 1];
        return 1;
    }

    private uint Next()
    {
        if (_next == Length)
        {
            Refill();
        }

        var drawn = _state[_next++];
        drawn ^= drawn >> 11;
        drawn ^= (drawn << 7) & 0x9D2C_5680;
        drawn ^= (drawn << 15) & 0xEFC6_0000;
        return drawn ^ (drawn >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Length; i++)
        {
            var joined = (_state[i] & 0x8000_0000) | (_state[(i + 1) % Length] & 0x7FFF_FFFF);
            _state[i] = _state[(i + Middle) % Length] ^ (joined >> 1) ^ ((joined & 1) == 0 ? 0 : 0x9908_B0DF);
        }

        _next = 0;
    }
}
