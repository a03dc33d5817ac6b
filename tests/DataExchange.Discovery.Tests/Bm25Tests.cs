using CsCheck;

namespace DataExchange.Discovery.Tests;

public sealed class Bm25Tests
{
    /// <summary>By hand, of three documents: "rail freight rail", "freight prices", "port calls today list".</summary>
    [Fact]
    public void A_small_collection_comes_to_what_it_does_by_hand()
    {
        // ln(1 + 2.5/1.5) = ln 8/3 = 0.980829…, ln(1 + 1.5/2.5) = ln 1.6 = 0.470003…
        Assert.Equal(980_829, Bm25.Idf(3, 1));
        Assert.Equal(470_003, Bm25.Idf(3, 2));
        // rail in the first: 2·2.2/(2 + 1.2·(¼ + ¾·3/3)) = 1.375 times its idf.
        Assert.Equal(1_348_639, Bm25.Part(980_829, 2, 3, 9, 3));
        // freight in the second, which is shorter than the mean: 2.2/(1 + 1.2·(¼ + ¾·2/3)) = 22/19 times its idf.
        Assert.Equal(544_214, Bm25.Part(470_003, 1, 2, 9, 3));
    }

    [Fact]
    public void The_logarithm_is_that_of_the_library_to_a_millionth() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Double[0, 1]).Sample((documents, share) =>
        {
            var having = (int)(documents * share);
            var exact = Math.Log(1 + ((documents - having + 0.5) / (having + 0.5)));
            Assert.InRange(Bm25.Idf(documents, having), (long)(exact * Bm25.Unit) - 1, (long)(exact * Bm25.Unit) + 1);
        });

    [Fact]
    public void A_term_that_occurs_more_often_never_adds_less_and_a_longer_document_never_more() =>
        Gen.Select(Gen.Long[0, 20_000_000], Gen.Int[0, 50], Gen.Int[1, 200], Gen.Long[1, 100_000], Gen.Int[1, 5_000]).Sample((idf, occurrences, rest, total, documents) =>
        {
            var one = Bm25.Part(idf, occurrences, occurrences + 1 + rest, total, documents);
            Assert.True(Bm25.Part(idf, occurrences + 1, occurrences + 1 + rest, total, documents) >= one);
            Assert.True(Bm25.Part(idf, occurrences, occurrences + 2 + rest, total, documents) <= one);
            Assert.InRange(one, 0, idf * 22 / 10);
        });

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bm25.Idf(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bm25.Idf(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bm25.Part(1, 3, 2, 9, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bm25.Part(1, 1, 2, 0, 3));
    }

    [Theory]
    [InlineData("杭州市智能摄像头", "杭州 州市 市智 智能 能摄 摄像 像头")]
    [InlineData("AI芯片 2025年Q1", "ai 芯片 2025 年 q1")]
    [InlineData("Port calls, weekly", "port calls weekly")]
    [InlineData("税", "税")]
    [InlineData(" —、。", "")]
    [InlineData("", "")]
    public void Terms_are_pairs_of_Chinese_characters_and_words_of_letters(string text, string terms) =>
        Assert.Equal(terms, string.Join(' ', Terms.Of(text)));
}
