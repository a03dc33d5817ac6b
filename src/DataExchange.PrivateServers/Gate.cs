namespace DataExchange.PrivateServers;

/// <summary>Open, or closed and waited at.</summary>
internal sealed class Gate
{
    private readonly Lock _guard = new();
    private TaskCompletionSource? _closed;

    public void Close()
    {
        lock (_guard)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Open()
    {
        lock (_guard)
        {
            _closed?.SetResult();
            _closed = null;
        }
    }

    /// <summary>Waits until it is open, also when it is closed again meanwhile.</summary>
    public async Task PassAsync(CancellationToken ct)
    {
        while (true)
        {
            Task? opening;
            lock (_guard)
            {
                opening = _closed?.Task;
            }

            if (opening is null)
            {
                return;
            }

            await opening.WaitAsync(ct);
        }
    }
}
