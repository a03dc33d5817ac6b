namespace DataExchange.LedgerBenchmarks;

/// <summary>What <see cref="LedgerBenchmark"/> measured; rates in transfers a second, medians over the rounds.</summary>
/// <param name="Accounts">Accounts, used by Zipf's law.</param>
/// <param name="Yardstick">A bare loop that adds the same amounts to two arrays of longs.</param>
/// <param name="Flows">The ledger in memory.</param>
/// <param name="BalancesAtPerSecond">Balances as of a drawn time of drawn accounts, after the plain flow.</param>
/// <param name="Sql">The usual ways.</param>
public sealed record LedgerResults(
    int Accounts, double Yardstick, IReadOnlyList<LedgerFlowMeasure> Flows, double BalancesAtPerSecond, IReadOnlyList<SqlMeasure> Sql);

/// <summary>One kind of transfers through a ledger, on one thread.</summary>
/// <param name="Name">Which.</param>
/// <param name="Transfers">How many, each accepted.</param>
/// <param name="TransfersPerSecond">The rate.</param>
/// <param name="ToYardstick">The rate as a part of the yardstick's.</param>
/// <param name="AllocatedBytesPerTransfer">Managed memory that a transfer allocates, the most of all rounds.</param>
/// <param name="Collections">Garbage collections during all timed passes.</param>
/// <param name="ReservedBytesPerTransfer">Bytes of the ledger's arrays for each transfer.</param>
/// <param name="StateHash">Of the ledger afterwards.</param>
public sealed record LedgerFlowMeasure(
    string Name, int Transfers, double TransfersPerSecond, double ToYardstick, double AllocatedBytesPerTransfer, int Collections,
    double ReservedBytesPerTransfer, string StateHash);

/// <summary>The same plain transfers into tables of a PostgreSQL server, through one connection.</summary>
/// <param name="Name">How.</param>
/// <param name="Transfers">How many.</param>
/// <param name="TransfersPerSecond">The rate.</param>
/// <param name="LedgerTimesFaster">How many times as fast the plain flow was.</param>
public sealed record SqlMeasure(string Name, int Transfers, double TransfersPerSecond, double LedgerTimesFaster);
