namespace DataExchange.Lobster;

/// <summary>What was in the messages taken.</summary>
public sealed class LobsterCounts
{
    private readonly long[] _kinds = new long[(int)LobsterKind.Halt + 1];

    /// <summary>Messages taken.</summary>
    public long Messages { get; private set; }

    /// <summary>Shares of visible orders that were executed.</summary>
    public long VisibleShares { get; private set; }

    /// <summary>Shares of hidden orders that were executed.</summary>
    public long HiddenShares { get; private set; }

    /// <summary>Shares traded in crosses.</summary>
    public long CrossShares { get; private set; }

    /// <summary>Levels that came into the window from outside: they were taken from the given book, not checked against messages.</summary>
    public long Revealed { get; internal set; }

    /// <summary>Messages about prices outside the window, which the given book cannot show.</summary>
    public long Outside { get; internal set; }

    /// <summary>Cancellations, deletions and visible executions of orders whose submission is not in the file.</summary>
    public long OfUnknownOrders { get; internal set; }

    /// <summary>The same of orders whose level had left the window since: what became of them there is not told.</summary>
    public long OfUncertainOrders { get; internal set; }

    /// <summary>Visible executions at another price than the best of their side.</summary>
    public long AwayFromBest { get; internal set; }

    /// <summary>How many messages of a kind there were.</summary>
    /// <param name="kind">The kind.</param>
    public long Of(LobsterKind kind) => _kinds[(int)kind];

    internal void Count(in LobsterMessage message)
    {
        Messages++;
        _kinds[(int)message.Kind]++;
        switch (message.Kind)
        {
            case LobsterKind.VisibleExecution:
                VisibleShares += message.Size;
                break;
            case LobsterKind.HiddenExecution:
                HiddenShares += message.Size;
                break;
            case LobsterKind.CrossTrade:
                CrossShares += message.Size;
                break;
        }
    }
}
