namespace DataExchange.EventStore.Appending;

/// <summary>Takes batches of events in global order from one producer, and keeps them in that order.</summary>
public interface IEventBatchWriter
{
    /// <summary>An empty batch, used before when there is one.</summary>
    EventBatch RentBatch();

    /// <summary>Hands a batch over and returns the sequence of its first event. The batch belongs to the writer from then on. Waits while the queue is full.</summary>
    /// <param name="batch">Events in global order; empty is allowed.</param>
    /// <param name="cancellation">Stops the waiting for room.</param>
    ValueTask<long> WriteAsync(EventBatch batch, CancellationToken cancellation = default);

    /// <summary>Writes all that was taken; when it returns, everything is on the disk.</summary>
    /// <param name="cancellation">Stops the waiting, not the writing.</param>
    Task CompleteAsync(CancellationToken cancellation = default);
}
