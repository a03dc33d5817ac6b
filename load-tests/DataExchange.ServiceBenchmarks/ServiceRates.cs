namespace DataExchange.ServiceBenchmarks;

/// <summary>What was measured in one run.</summary>
/// <param name="Transport"><c>memory</c> or <c>rabbitmq</c>.</param>
/// <param name="TradingPartitions">Partitions of Trading.</param>
/// <param name="Orders">Orders acknowledged in the time.</param>
/// <param name="OrdersPerSecond">Orders acknowledged after their commit, a second, as many as <paramref name="InFlight"/> at a time.</param>
/// <param name="EventsPerSecond">Events committed meanwhile a second: for an order its held money, its licence and the deal that follows.</param>
/// <param name="ProcessorMicroseconds">Processor time of this process for an order, senders included, PostgreSQL and RabbitMQ not.</param>
/// <param name="ServerMicroseconds">Processor time of PostgreSQL's processes for an order; 0 where they cannot be looked at.</param>
/// <param name="InFlight">Orders under way at a time.</param>
/// <param name="HalfLoadPerSecond">The rate at which latencies were taken.</param>
/// <param name="P50Milliseconds">Median latency at that rate, from the intended start.</param>
/// <param name="P99Milliseconds">The same, 99 of 100.</param>
/// <param name="P999Milliseconds">The same, 999 of 1,000.</param>
/// <param name="WorstStartLagMilliseconds">How late the generator itself was at most: figures count only where it is small beside them.</param>
public sealed record ServiceRates(
    string Transport, int TradingPartitions, long Orders, double OrdersPerSecond, double EventsPerSecond, double ProcessorMicroseconds, double ServerMicroseconds, int InFlight,
    double HalfLoadPerSecond, double P50Milliseconds, double P99Milliseconds, double P999Milliseconds, double WorstStartLagMilliseconds);

/// <summary>What the parts do by themselves, in the same run.</summary>
/// <param name="OneByOnePerSecond">Events by Marten, one session and one SaveChanges each, one after the other.</param>
/// <param name="OrderByOrderPerSecond">
/// Orders by Marten, one session and one SaveChanges each, one after the other: the three facts of an order appended to their streams, without reading or deciding anything.
/// </param>
/// <param name="RawCopyPerSecond">Rows of a table like mt_events by COPY, with its indexes.</param>
/// <param name="RawBrokerPerSecond">Persistent messages of 400 bytes that RabbitMQ confirmed, 500 under way at a time; null without a broker.</param>
public sealed record ServiceYardsticks(double OneByOnePerSecond, double OrderByOrderPerSecond, double RawCopyPerSecond, double? RawBrokerPerSecond);
