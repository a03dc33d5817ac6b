namespace DataExchange.EndToEnd.Tests;

/// <summary>LOBSTER files as a user gives them to <c>dx replay --format lobster</c>.</summary>
public sealed class ReplayLobsterTests
{
    private static readonly string[] Messages =
    [
        "34200.017459617,5,0,1,10050,-1", "34200.18960767,1,7,50,10100,-1", "34200.2,2,7,20,10100,-1", "34201,4,6,100,10000,1", "34202.5,7,0,0,-1,-1", "34203,6,-1,500,10000,-1",
    ];

    private static readonly string[] Book =
    [
        "10100,100,10000,100,10200,100,9900,100", "10100,150,10000,100,10200,100,9900,100", "10100,130,10000,100,10200,100,9900,100",
        "10100,130,9900,100,10200,100,9800,40", "10100,130,9900,100,10200,100,9800,40", "10100,130,9900,100,10200,100,9800,40",
    ];

    [Fact]
    public async Task A_book_that_follows_from_its_messages_is_equal()
    {
        await using var folder = new TemporaryFolder();
        var (messages, book) = await WriteAsync(folder, Messages, Book);
        var result = (await DxProgram.RunAsync("replay", "--format", "lobster", messages, book, "--json")).WithExitCode(0).Json();
        Assert.True(result.GetProperty("isEqual").GetBoolean());
        Assert.Equal((2, 6L, 100L, 1L, 500L, 1L, 1L), (
            Number("levels"), Number("messages"), Number("visibleShares"), Number("hiddenShares"), Number("crossShares"), Number("revealed"), Number("ofUnknownOrders")));
        Assert.Equal("""{"first":0,"notFirst":0,"ofLevels":1,"stopped":null}""", result.GetProperty("priority").GetRawText());
        Assert.Contains("一致 equal", (await DxProgram.RunAsync("replay", "--format", "lobster", messages, book, "--levels", "1")).WithExitCode(0).Output, StringComparison.Ordinal);

        long Number(string name) => result.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task The_first_difference_is_named_and_the_exit_code_says_it()
    {
        await using var folder = new TemporaryFolder();
        var (messages, book) = await WriteAsync(folder, Messages, [.. Book.Take(3), .. Book.Skip(3).Select(row => row.Replace("130", "131", StringComparison.Ordinal))]);
        var text = await DxProgram.RunAsync("replay", "--format", "lobster", messages, book);
        Assert.Contains("不同 DIFFERENT: message 4, ask level 1: expected 131 @ 1.0100, got 130 @ 1.0100", text.WithExitCode(1).Output, StringComparison.Ordinal);
        var difference = (await DxProgram.RunAsync("replay", "--format", "lobster", messages, book, "--json")).WithExitCode(1).Json().GetProperty("difference");
        Assert.StartsWith("""{"message":4,"mismatch":"Level","side":"ask","level":1,"expectedPrice":10100,"expectedSize":131,"gotPrice":10100,"gotSize":130,""", difference.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_is_named_by_row_and_column()
    {
        await using var folder = new TemporaryFolder();
        var (messages, book) = await WriteAsync(folder, Messages, Book);
        await RefusesAsync(folder, [.. Messages.Take(5), "34203,6,-1,5"], Book, "messages.csv', row 6: 4 columns");
        await RefusesAsync(folder, Messages, [.. Book.Take(5), "10100,130,9900,100,10200,1x0,9800,40"], "book.csv', row 6, column 6: ask size '1x0' is not allowed");
        await RefusesAsync(folder, Messages, Book[..5], "book.csv' ends after row 5");
        await RefusesAsync(folder, Messages[..5], Book, "messages.csv' ends after row 5");
        await RefusesAsync(folder, [.. Messages.Take(5), "34202,6,-1,500,10000,-1"], Book, "messages.csv', row 6, column 1: time '34202' is not allowed: it is before that of the row above");
        // A difference before it does not hide that the file is none.
        await RefusesAsync(folder, [.. Messages.Take(5), "nonsense"], [Book[0], Book[0], .. Book.Skip(2)], "row 6: 1 columns");
        await RefusesAsync(folder, [], [], "have no rows");
        (messages, book) = await WriteAsync(folder, Messages, Book);
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "--format", "lobster", messages, book, "--levels", "3"), 2, "--levels '3' is not allowed", "has 2");
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "--format", "lobster", messages), 2, "needs two files, MESSAGES ORDERBOOK; given are 1");
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "--format", "lobster", messages, book, "--to", "2024-01-01"), 2, "--to is not allowed for --format lobster");
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "--format", "lobster", folder.In("none"), book), 2, "MESSAGES", "none", "cannot be read");
    }

    private static async Task RefusesAsync(TemporaryFolder folder, string[] messages, string[] book, string told)
    {
        var files = await WriteAsync(folder, messages, book);
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "--format", "lobster", files.Messages, files.Book, "--json"), 2, told);
    }

    private static async Task<(string Messages, string Book)> WriteAsync(TemporaryFolder folder, string[] messages, string[] book)
    {
        var files = (folder.In("messages.csv"), folder.In("book.csv"));
        await File.WriteAllLinesAsync(files.Item1, messages, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(files.Item2, book, TestContext.Current.CancellationToken);
        return files;
    }
}
