using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

public sealed class Philox4x32Tests
{
    /// <summary>Known answers published with Random123 for philox4x32 with 10 rounds.</summary>
    public static TheoryData<ulong, ulong, ulong, uint[]> KnownAnswers => new()
    {
        { 0, 0, 0, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { 0x85a308d3_243f6a88, 0x03707344_13198a2e, 0x299f31d0_a4093822, [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void The_published_answers_come_out(ulong counterLow, ulong counterHigh, ulong key, uint[] expected)
    {
        var block = new uint[Philox4x32.WordsPerBlock];
        Philox4x32.Generate(counterLow, counterHigh, key, block);
        Assert.Equal(expected, block);
    }
}
