namespace DataExchange.Gateway.Tests;

/// <summary>Many callers' questions in one.</summary>
public sealed class TogetherTests
{
    [Fact]
    public async Task What_comes_while_a_question_is_under_way_is_asked_in_one_and_each_gets_its_own_answer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (asked, free) = (new List<int[]>(), new TaskCompletionSource());
        var together = new Together<int, string>(async some =>
        {
            asked.Add([.. some]);
            await free.Task;
            return [.. some.Select(one => $"answer {one}")];
        });

        var first = together.AskAsync(0, cancellation);
        var others = Enumerable.Range(1, 9).Select(one => together.AskAsync(one, cancellation)).ToArray();
        free.SetResult();

        Assert.Equal("answer 0", await first);
        Assert.Equal(Enumerable.Range(1, 9).Select(one => $"answer {one}"), await Task.WhenAll(others));
        Assert.Equal(10, asked.Sum(some => some.Length));
        Assert.InRange(asked.Count, 1, 2);
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_asked_and_the_next_is_answered_and_who_gives_up_takes_nobody_along()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (fails, free) = (true, new TaskCompletionSource());
        var together = new Together<int, int>(async some =>
        {
            await free.Task;
            return fails ? throw new InvalidOperationException("gone") : [.. some.Select(one => one * 2)];
        });

        using var patience = new CancellationTokenSource();
        var (impatient, patient) = (together.AskAsync(1, patience.Token), together.AskAsync(2, cancellation));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        free.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => patient);

        fails = false;
        Assert.Equal(14, await together.AskAsync(7, cancellation));
    }
}
