namespace DataExchange.RabbitMq;

/// <summary>A queue as the management API tells it; its figures are up to two seconds old.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Type">What kind it is: <c>classic</c>, <c>quorum</c> or <c>stream</c>.</param>
/// <param name="Messages">Messages in it: ready and delivered but not acknowledged.</param>
/// <param name="Unacknowledged">Of these, how many are with consumers.</param>
/// <param name="Consumers">How many consumers it has.</param>
/// <param name="Leader">The name of the node that leads it (of a classic queue: that holds it); null when there is none at the moment. Of a queue
/// that has lost its members' data it is the last one there was.</param>
/// <param name="Members">The nodes that hold a copy.</param>
/// <param name="Online">Those of them that are up.</param>
public sealed record BrokerQueue(
    string Name, string Type, long Messages, long Unacknowledged, int Consumers, string? Leader, IReadOnlyList<string> Members, IReadOnlyList<string> Online);
