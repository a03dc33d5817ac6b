using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>
/// Lesson 10: a server dies while it takes deposits. The journal, the inbox and the broker are a model of some lines; what a deposit becomes and what the journal comes to is decided and
/// folded by the account's own decider. Real processes and a real broker are broken by <c>dx chaos</c>.
/// </summary>
internal sealed class CrashLesson : Lesson
{
    private const int FenPerYuan = 100;
    private static readonly string[] Points = ["written", "taken", "answered", "never"];
    private static readonly string[] Inboxes = ["together", "apart", "none"];
    private static readonly PartyId Buyer = new("buyer-0001");
    private static readonly SimulatedTime Now = SimulatedTime.Parse("2025-03-03T09:00:00+08:00");

    internal override string Id => "crash";

    internal override int Minutes => 40;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Of(3);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new NumbersField("deposits", 6, 1, 1_000_000, "1000,500,200"), new NumberField("message", 1, 6, 2), new ChoiceField("dies", Points), new ChoiceField("inbox", Inboxes),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var (with, without) = (Play([1_000, 500, 200], 2, "written", "together").Fen, Play([1_000, 500, 200], 2, "written", "none").Fen);
        return new Truth(with == 170_000 ? 1 : with > 170_000 ? 2 : 3, Locale.Exact(with), Locale.Exact(without));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        var wrong = Inboxes.SelectMany(inbox => Points.Where(point => Play([1_000, 500, 200], 2, point, inbox).Fen != 170_000).Select(point => (inbox, point))).ToArray();
        var taken = Play([1_000, 500, 200], 2, "taken", "together");
        return
        [
            [Locale.Exact(Play([1_000, 500, 200], 2, "written", "none").Fen), Locale.Exact(Play([1_000, 500, 200], 2, "written", "apart").Fen)],
            [Locale.Exact(taken.Fen), taken.Facts],
            [wrong.Length, Inboxes.Length * Points.Length, wrong.Count(one => one.inbox == "together")],
            [Locale.Exact(Play([700, 300, 50], 3, "written", "none").Fen), Locale.Exact(Play([700, 300, 50], 3, "written", "together").Fen)],
        ];
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var deposits = inputs.Numbers("deposits");
        var message = inputs.Number("message") <= deposits.Length
            ? (int)inputs.Number("message")
            : throw new WrongInputException("message", inputs["message"], locale.With("lesson.allowed.number", 1, deposits.Length));
        var played = Play(deposits, message, inputs["dies"], inputs["inbox"]);
        var expected = deposits.Sum() * FenPerYuan;
        return new Board(
            locale.With(played.Fen == expected ? "lesson.crash.right" : "lesson.crash.wrong", Locale.Exact(played.Fen), Locale.Exact(expected)),
            new TilesBlock(
                (locale["lesson.crash.sent"], Locale.Exact(expected)), (locale["lesson.crash.booked"], Locale.Exact(played.Fen)), (locale["lesson.crash.journal"], Locale.Count(played.Facts))),
            new TableBlock(
                locale["lesson.crash.table"], [locale["lesson.crash.what"], locale["lesson.crash.journal"], locale["lesson.crash.memory"]],
                [.. played.Steps.Select((step, i) => new[] { $"{i + 1}. {locale.With(step.Key, step.Value)}", Locale.Count(step.Facts), step.MemoryFen is { } fen ? Locale.Exact(fen) : "—" })], 1,
                played.Steps.Index().Where(step => step.Item.Key == "lesson.crash.s.died").Select(step => step.Index).ToHashSet()),
            new SaysBlock(locale["lesson.crash.model"]));
    }

    private static Played Play(long[] yuan, int dieAt, string point, string inbox)
    {
        var journal = new List<Event>();
        var known = new HashSet<int>();
        var steps = new List<Step>();
        PartyAccount? memory = AccountDecider.Initial;
        for (var number = 1; number <= yuan.Length; number++)
        {
            var mayDie = number == dieAt;
            while (!Handle(number, mayDie))
            {
                mayDie = false;
                memory = null;
                Note("lesson.crash.s.died", number);
                // All that was in memory is gone; the state is what the facts in the journal come to.
                memory = journal.Aggregate(AccountDecider.Initial, AccountDecider.Evolve);
                Note("lesson.crash.s.restarted", journal.Count);
                Note("lesson.crash.s.again", number);
            }
        }

        return new Played(memory!.Available.Fen, journal.Count, steps);

        // Whether the message was acknowledged; the broker keeps it until then.
        bool Handle(int number, bool mayDie)
        {
            Note("lesson.crash.s.taken", number);
            if (mayDie && point == "taken")
            {
                return false;
            }

            if (known.Contains(number))
            {
                Note("lesson.crash.s.known", number);
            }
            else
            {
                var deposit = new DepositFunds(Buyer, yuan[number - 1] * FenPerYuan) { At = Now, By = Buyer };
                foreach (var fact in AccountDecider.Decide(deposit, memory!).Events)
                {
                    journal.Add(fact);
                    memory = AccountDecider.Evolve(memory!, fact);
                }

                Remember("together");
                Note("lesson.crash.s.written", number);
                if (mayDie && point == "written")
                {
                    return false;
                }

                Remember("apart");
            }

            if (mayDie && point == "answered")
            {
                Note("lesson.crash.s.answered", number);
                return false;
            }

            Note("lesson.crash.s.acknowledged", number);
            return true;

            void Remember(string when)
            {
                if (inbox == when)
                {
                    known.Add(number);
                }
            }
        }

        void Note(string key, int value) => steps.Add(new Step(key, value.ToString(CultureInfo.InvariantCulture), journal.Count, memory?.Available.Fen));
    }

    private sealed record Step(string Key, string Value, int Facts, long? MemoryFen);

    private sealed record Played(long Fen, int Facts, List<Step> Steps);
}
