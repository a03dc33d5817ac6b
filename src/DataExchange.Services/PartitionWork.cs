using System.Diagnostics;
using DataExchange.Domain;
using DataExchange.EventStore.Services;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;

namespace DataExchange.Services;

/// <summary>Something a partition has to do, in its turn.</summary>
internal abstract class PartitionWork
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is committed.</summary>
    public Task Ended => _ended.Task;

    public virtual void Fail(Exception failure) => _ended.TrySetException(failure);

    protected void End() => _ended.TrySetResult();
}

/// <summary>A command to be decided.</summary>
internal sealed class CommandWork(Guid id, Command command, int? expected, bool isRedelivered) : PartitionWork
{
    public Guid Id => id;

    public Command Command { get; set; } = command;

    /// <summary>The version that its stream must have when it is decided; null for any.</summary>
    public int? Expected => expected;

    /// <summary>Whether an owner before this one may have begun it.</summary>
    public bool IsRedelivered => isRedelivered;

    public CommandAnswer? Answer { get; private set; }

    /// <summary>The span that it is handled in; none while nobody traces.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>The commit that it went with.</summary>
    public CommitTime Commit { get; set; }

    /// <summary>What the other capability answered that had to act first; null before it was asked.</summary>
    public CommandAnswer? Held { get; set; }

    /// <summary>Whether the other capability was asked: it is asked once, though a failed commit may have this decided again.</summary>
    public bool IsAsked { get; set; }

    /// <summary>
    /// Whether it was decided and committed. It comes back when its money is held, and by then a commit that failed may have had it decided again with
    /// others: what is answered is not decided a second time.
    /// </summary>
    public bool IsAnswered { get; set; }

    public void Complete(CommandAnswer answer)
    {
        Answer = answer;
        End();
    }
}

/// <summary>Facts of others to react to.</summary>
internal sealed class FactsWork(ApplyFacts message) : PartitionWork
{
    public FeedPosition From { get; } = new(message.FromSequence, message.FromIndex);

    public FeedPosition To { get; } = new(message.ToSequence, message.ToIndex);

    public FactEnvelope[] Facts => message.Facts;

    public long Sequence { get; private set; }

    public void Complete(long sequence)
    {
        Sequence = sequence;
        End();
    }
}

/// <summary>A message that is no command: it is put aside.</summary>
internal sealed class PoisonWork(QuarantineRow row) : PartitionWork
{
    public QuarantineRow Row => row;

    public void Complete() => End();
}

/// <summary>The logs are to be signed as they are.</summary>
internal sealed class SealWork : PartitionWork
{
    public long Sequence { get; private set; }

    public void Complete(long sequence)
    {
        Sequence = sequence;
        End();
    }
}
