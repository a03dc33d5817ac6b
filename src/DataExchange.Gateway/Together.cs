namespace DataExchange.Gateway;

/// <summary>
/// Asks for many at once. What comes while the last question is under way waits for its end and is asked in one: a question of the store costs almost
/// the same for a hundred as for one, and one alone waits for nobody.
/// </summary>
/// <typeparam name="TAsked">What is asked for.</typeparam>
/// <typeparam name="TAnswer">What is answered.</typeparam>
/// <param name="askAsync">Asks for some; answers in the order in which they were asked for.</param>
internal sealed class Together<TAsked, TAnswer>(Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> askAsync)
{
    private const int Most = 500;
    private readonly Lock _turn = new();
    private readonly Queue<(TAsked Asked, TaskCompletionSource<TAnswer> Answered)> _waiting = new();
    private bool _isAsking;

    /// <summary>Asks for one.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="cancellation">Stops the waiting, not the question: others may share it.</param>
    public Task<TAnswer> AskAsync(TAsked asked, CancellationToken cancellation)
    {
        var answered = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            _waiting.Enqueue((asked, answered));
            if (_isAsking)
            {
                return answered.Task.WaitAsync(cancellation);
            }

            _isAsking = true;
        }

        // It asks for everybody: the trace of who happened to be first is not theirs.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(AskAllAsync, CancellationToken.None);
        }

        return answered.Task.WaitAsync(cancellation);
    }

    private async Task AskAllAsync()
    {
        while (Take() is { Length: > 0 } taken)
        {
            try
            {
                var answers = await askAsync([.. taken.Select(one => one.Asked)]).ConfigureAwait(false);
                for (var i = 0; i < taken.Length; i++)
                {
                    taken[i].Answered.TrySetResult(answers[i]);
                }
            }
            catch (Exception failure)
            {
                // Whoever asked is told; the next question may be answered again.
                foreach (var (_, answered) in taken)
                {
                    answered.TrySetException(failure);
                }
            }
        }
    }

    private (TAsked Asked, TaskCompletionSource<TAnswer> Answered)[] Take()
    {
        lock (_turn)
        {
            var taken = new (TAsked, TaskCompletionSource<TAnswer>)[Math.Min(_waiting.Count, Most)];
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = _waiting.Dequeue();
            }

            _isAsking = taken.Length > 0;
            return taken;
        }
    }
}
