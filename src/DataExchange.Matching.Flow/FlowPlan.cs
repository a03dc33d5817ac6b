using System.Globalization;
using System.Numerics;

namespace DataExchange.Matching.Flow;

/// <summary>
/// A flow as commands. Book b is instrument b of product b, without a cap and with resale, in pool b modulo 64. 32 participants buy and 32
/// sell, each with an account in each pool; order i belongs to participant i modulo 32 of its side, and each account numbers its orders
/// 1, 2, 3 and so on, as members of an exchange do. So no order ever meets one of its own participant, though the engine looks at each.
/// Money and units suffice for everything, and time is the number of the operation, from 1, in microseconds.
/// </summary>
public sealed class FlowPlan
{
    /// <summary>Pools that books are spread over.</summary>
    public const int Pools = 64;

    /// <summary>Participants of one side.</summary>
    public const int Participants = 32;

    private const int AccountsOfPool = 2 * Participants;
    private const long FundsOfBuyer = 1L << 61;
    private const int UnitsOfSeller = 1 << 29;
    private const int LargestOrder = 1 << 30;

    private FlowPlan(int books, EngineLimits limits, Command[] setup, Command[] operations)
    {
        (Books, Limits, Setup, Operations) = (books, limits, setup, operations);
    }

    /// <summary>How many books.</summary>
    public int Books { get; }

    /// <summary>Bounds that suffice for the flow.</summary>
    public EngineLimits Limits { get; }

    /// <summary>What comes before the first operation.</summary>
    public IReadOnlyList<Command> Setup { get; }

    /// <summary>A command for each record.</summary>
    public ReadOnlyMemory<Command> Operations { get; }

    /// <summary>Makes the commands of a flow.</summary>
    /// <param name="records">Legal records.</param>
    /// <param name="books">How many books there are.</param>
    public static FlowPlan Of(ReadOnlySpan<FlowRecord> records, int books)
    {
        var participants = new ulong[books];
        var orders = new (Side Side, int Number)[records.Length + 1];
        var numbers = new int[Pools * AccountsOfPool];
        var operations = GC.AllocateUninitializedArray<Command>(records.Length);
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            if (record.Operation != FlowOperation.Cancel)
            {
                orders[record.Order] = (record.Side, ++numbers[AccountOf(in record, record.Side)]);
                participants[record.Book] |= 1UL << ParticipantOf(record.Order, record.Side);
            }

            operations[index] = CommandOf(in record, orders[record.Order], index + 1);
        }

        var limits = new EngineLimits
        {
            Orders = Math.Clamp(MostResting(records) + 64, 16, 1 << 26),
            Instruments = books,
            Products = books,
            Accounts = Pools * AccountsOfPool,
            Positions = Math.Clamp(participants.Sum(mask => BitOperations.PopCount(mask)) + 16, 16, 1 << 26),
            PriceBlocks = Math.Clamp(PriceBlocks(records, books) + 32, 16, 1 << 22),
        };
        return new FlowPlan(books, limits, SetupOf(participants), operations);
    }

    /// <summary>Compares commands with those of this flow, setup included.</summary>
    /// <param name="commands">What a journal holds.</param>
    /// <param name="first">Number of the first of them, from 0.</param>
    /// <param name="name">What to call the journal in messages.</param>
    /// <exception cref="FlowException">They are others.</exception>
    public void Expect(ReadOnlySpan<Command> commands, long first, string name)
    {
        for (var index = 0; index < commands.Length; index++)
        {
            var place = first + index - Setup.Count;
            if (place >= Operations.Length || commands[index] != (place < 0 ? Setup[(int)(first + index)] : Operations.Span[(int)place]))
            {
                throw new FlowException(string.Create(CultureInfo.InvariantCulture, $"{name}: the journal belongs to another flow: record {first + index} is not what this one gives."));
            }
        }
    }

    private static int ParticipantOf(uint order, Side side) => (int)(order % Participants) + (side == Side.Sell ? Participants : 0);

    private static int AccountOf(in FlowRecord record, Side side) =>
        (record.Book % Pools * AccountsOfPool) + ParticipantOf(record.Order, side);

    private static Command CommandOf(in FlowRecord record, (Side Side, int Number) order, long time)
    {
        var account = AccountOf(in record, order.Side);
        return record.Operation == FlowOperation.Cancel
            ? Command.Cancel(time, record.Book, account, order.Number)
            : Command.Limit(
                time, record.Book, account, order.Number, order.Side, record.Price, record.Quantity,
                record.Operation == FlowOperation.Add ? TimeInForce.GoodTillCancel : TimeInForce.ImmediateOrCancel);
    }

    private static Command[] SetupOf(ulong[] participants)
    {
        var setup = new List<Command>();
        for (var book = 0; book < participants.Length; book++)
        {
            setup.Add(Command.DefineProduct(0, book, issuer: 0));
            setup.Add(Command.DefineInstrument(
                0, book, book, book % Pools, tickFen: 1, lowestPrice: 1, FlowFile.HighestPrice, lot: 1, LargestOrder, resale: true));
        }

        for (var account = 0; account < Math.Min(Pools, participants.Length) * AccountsOfPool; account++)
        {
            var participant = account % AccountsOfPool;
            setup.Add(Command.OpenAccount(0, account, participant, account / AccountsOfPool));
            if (participant < Participants)
            {
                setup.Add(Command.Deposit(0, account, FundsOfBuyer));
            }
        }

        for (var book = 0; book < participants.Length; book++)
        {
            for (var sellers = participants[book] >> Participants; sellers != 0; sellers &= sellers - 1)
            {
                var seller = Participants + BitOperations.TrailingZeroCount(sellers);
                setup.Add(Command.IssueUnits(0, (book % Pools * AccountsOfPool) + seller, book, UnitsOfSeller));
            }
        }

        return [.. setup];
    }

    // Orders that came, less those that were named by a cancel, are never fewer than those that rest.
    private static int MostResting(ReadOnlySpan<FlowRecord> records)
    {
        var isIn = new bool[records.Length + 1];
        int resting = 0, most = 0;
        foreach (ref readonly var record in records)
        {
            if (record.Operation == FlowOperation.Add)
            {
                isIn[record.Order] = true;
                most = Math.Max(most, ++resting);
            }
            else if (record.Operation == FlowOperation.Cancel && isIn[record.Order])
            {
                isIn[record.Order] = false;
                resting--;
            }
        }

        return most;
    }

    // Blocks of 64 prices that are ever in use. An engine has half as many inner nodes of its trees of prices, and these must suffice too.
    private static int PriceBlocks(ReadOnlySpan<FlowRecord> records, int books)
    {
        var last = new int[2 * books];
        var blocks = new HashSet<(int Side, int Node)>();
        foreach (ref readonly var record in records)
        {
            if (record.Operation == FlowOperation.Add)
            {
                var (side, block) = ((2 * record.Book) + (int)record.Side, (record.Price >> 6) + 1);
                if (last[side] != block)
                {
                    last[side] = block;
                    blocks.Add((side, block - 1));
                }
            }
        }

        return Math.Max(blocks.Count, 2 * InnerNodes(blocks));
    }

    // A side with one node has no inner node above it; one with more has a node for each 64 of these, and so on until one is above all.
    private static int InnerNodes(HashSet<(int Side, int Node)> nodes)
    {
        var count = 0;
        while (nodes.Count > 0)
        {
            nodes = [.. nodes.GroupBy(node => node.Side).Where(side => side.Skip(1).Any())
                .SelectMany(side => side.Select(node => (node.Side, node.Node >> 6)))];
            count += nodes.Count;
        }

        return count;
    }
}
