namespace DataExchange.Web.Floor.Sandbox;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed, on every machine.</summary>
/// <param name="seed">The seed.</param>
internal sealed class SandboxRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below a bound, near enough to equally likely for noise.</summary>
    /// <param name="bound">Above 0.</param>
    internal int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number between two, both included.</summary>
    internal int Between(int least, int most) => least + Below(most - least + 1);

    private ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
