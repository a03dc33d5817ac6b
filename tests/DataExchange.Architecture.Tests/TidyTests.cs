namespace DataExchange.Architecture.Tests;

public sealed class TidyTests
{
    private const int MostLines = 400;

    [Fact]
    public void A_source_file_can_be_read_in_one_sitting()
    {
        var tooLong = Sources.Files.Where(path => File.ReadLines(Path.Combine(Sources.Root, path)).Count() > MostLines).ToArray();
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_left_to_be_done() =>
        Assert.DoesNotContain(Sources.Files, path =>
        {
            var text = File.ReadAllText(Path.Combine(Sources.Root, path));
            return text.Contains("NotImplementedException", StringComparison.Ordinal) || text.Contains("TODO", StringComparison.Ordinal)
                || text.Contains("FIXME", StringComparison.Ordinal) || text.Contains("HACK", StringComparison.Ordinal);
        });
}
