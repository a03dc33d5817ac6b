namespace DataExchange.RabbitMq;

/// <summary>Written into every broker folder, so that nothing else is ever taken for one, or deleted as one.</summary>
/// <param name="CreatedBy">Always <see cref="Creator"/>.</param>
/// <param name="Id">Tells this broker from any other; each of its processes carries it in its command line.</param>
/// <param name="DataFolder">The data folder it was made in, absolute: quorum queues note where they are and are not found elsewhere.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="IsFormed">True once all nodes have been up together: from then on they know each other.</param>
internal sealed record BrokerMarker(string CreatedBy, string Id, string DataFolder, int Nodes, bool IsFormed)
{
    public const string Creator = "DataExchange";

    public static BrokerMarker? Read(string file) => StateFile.Read<BrokerMarker>(file) is { CreatedBy: Creator } marker ? marker : null;
}

/// <summary>The processes of a broker that runs, as their starter wrote them down.</summary>
/// <param name="EpmdProcessId">The Erlang port mapper.</param>
/// <param name="EpmdPort">Its loopback port.</param>
/// <param name="NodeProcessIds">The nodes, by their index; 0 for one that is down.</param>
internal sealed record RunningBroker(int EpmdProcessId, int EpmdPort, IReadOnlyList<int> NodeProcessIds);
