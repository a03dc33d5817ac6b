namespace DataExchange.Lobster.Tests;

/// <summary>Days from the project's own matching core, of which the truth is known.</summary>
public sealed class GeneratedDayTests
{
    private const int Operations = 4_000;

    [Theory]
    [InlineData(1, 1, 150)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 2, 150)]
    [InlineData(4, 5, 150)]
    [InlineData(5, 5, 0)]
    [InlineData(6, 10, 150)]
    [InlineData(7, 10, 0)]
    [InlineData(8, 30, 150)]
    public void A_day_is_made_again_message_by_message(int seed, int levels, int before)
    {
        var day = LobsterDay.Of(seed, levels, before, Operations);
        var (counts, difference) = Reconstructed.Of(day.Messages, day.Book);
        Assert.Null(difference);
        Assert.Equal((day.Messages.Count, day.VisibleShares, day.HiddenShares), (counts.Messages, counts.VisibleShares, counts.HiddenShares));
        Assert.InRange(counts.Revealed, 1, counts.Messages);
        Assert.Equal(0, counts.AwayFromBest);
        // What the window does not show is not told in these files.
        Assert.Equal(0, counts.Outside);
        // Orders that were there before, and those that were submitted where the window did not show them.
        Assert.InRange(counts.OfUnknownOrders, before > 0 ? 1 : 0, counts.Messages);
        Assert.All(Enum.GetValues<LobsterKind>().Where(kind => kind != LobsterKind.CrossTrade), kind => Assert.InRange(counts.Of(kind), 1, counts.Messages));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Fewer_levels_than_the_file_has_can_be_compared(int levels)
    {
        var day = LobsterDay.Of(5, 10, 150, Operations);
        var (counts, difference) = Reconstructed.Of(day.Messages, day.Book, levels);
        Assert.Null(difference);
        Assert.InRange(counts.Outside, 1, counts.Messages);
    }

    [Fact]
    public void A_changed_size_in_the_book_is_found_in_its_row()
    {
        var day = LobsterDay.Of(11, 5, 150, Operations);
        // Taken from the given book only what was revealed: the best level never is, of a window of five.
        for (var row = 100; row < day.Book.Count; row += 177)
        {
            var spoiled = day.Book.ToList();
            var cells = spoiled[row].Split(',');
            if (cells[1] == "0")
            {
                continue;
            }

            cells[1] = $"{long.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture) + 1}";
            spoiled[row] = string.Join(',', cells);
            var (_, difference) = Reconstructed.Of(day.Messages, spoiled);
            Assert.Equal((row + 1L, LobsterMismatch.Level, LobsterSide.Ask, 1), (difference!.Message, difference.Mismatch, difference.Side, difference.Level));
            Assert.Equal(difference.Got.Size + 1, difference.Expected.Size);
        }
    }

    [Fact]
    public void A_message_that_is_missing_is_found_where_it_was()
    {
        var day = LobsterDay.Of(12, 5, 150, Operations);
        var (found, missed) = (0, 0);
        for (var row = 50; row < day.Messages.Count - 1; row += 97)
        {
            // A hidden execution or a halt changes nothing that is compared.
            if (day.Messages[row].Split(',')[1] is "5" or "7")
            {
                continue;
            }

            List<string> messages = [.. day.Messages.Take(row), .. day.Messages.Skip(row + 1)];
            List<string> book = [.. day.Book.Take(row), .. day.Book.Skip(row + 1)];
            var (_, difference) = Reconstructed.Of(messages, book);
            if (difference?.Message == row + 1)
            {
                found++;
            }
            else
            {
                missed++;
            }
        }

        // Missed is what the next message takes out of sight again: the level that changed leaves the window, or is used up and another revealed.
        Assert.InRange(found, 20, 1_000);
        Assert.InRange(missed, 0, found / 10);
    }
}
