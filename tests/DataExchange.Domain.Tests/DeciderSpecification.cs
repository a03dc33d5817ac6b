using System.Text;
using CsCheck;

namespace DataExchange.Domain.Tests;

/// <summary>What all specifications of deciders have in common, whatever their types.</summary>
public abstract class DeciderSpecification
{
    /// <summary>Every specification there is.</summary>
    internal static IReadOnlyList<DeciderSpecification> All { get; } =
    [
        .. typeof(DeciderSpecification).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DeciderSpecification)) && !type.IsAbstract)
            .Select(type => (DeciderSpecification)Activator.CreateInstance(type)!),
    ];

    internal abstract string Kind { get; }

    /// <summary>Everything that the cells and the cases of this specification make the decider answer.</summary>
    internal abstract IEnumerable<Decision> Answers();

    /// <summary>One event of each type that belongs to the decider's streams.</summary>
    internal abstract IReadOnlyDictionary<string, Event> Events();

    /// <summary>Events, joined by a plus, then the rejection after an exclamation mark.</summary>
    internal static string Text(Decision decision) =>
        string.Join('+', decision.Events.Select(e => e.GetType().Name)) + (decision.Rejection is { } rejection ? "!" + rejection : "");
}

/// <summary>A decider's decision table (command × state), its evolution table (event × state) and the guards inside cells.</summary>
public abstract class DeciderSpecification<TDecider, TCommand, TState> : DeciderSpecification
    where TDecider : IDecider<TCommand, TState>
    where TCommand : Command
    where TState : class
{
    /// <summary>A case inside a cell: after the history of a named state, the command gets this answer.</summary>
    protected sealed record Guard(string Sentence, string State, TCommand Command, string Answer);

    /// <summary>
    /// What happened before, by the name of the state it leads to. Each is a column, a variant is named after a colon;
    /// only what stands in parentheses is for cases inside cells alone.
    /// </summary>
    protected abstract IReadOnlyDictionary<string, Event[]> Histories { get; }

    /// <summary>The rows: one command of each type at least; a variant is named after a colon.</summary>
    protected abstract IReadOnlyDictionary<string, TCommand> Commands { get; }

    /// <summary>Command × state → events or rejection.</summary>
    protected abstract string Decisions { get; }

    /// <summary>Each event with the states that it can follow; every other state makes it an impossible history.</summary>
    protected abstract string Evolution { get; }

    /// <summary>Cases inside cells.</summary>
    protected abstract IReadOnlyList<Guard> Guards { get; }

    /// <summary>Every stage that a state can be in.</summary>
    protected abstract IEnumerable<string> Stages { get; }

    /// <summary>The stages of one state.</summary>
    protected abstract IEnumerable<string> StagesOf(TState state);

    private string[] Columns => [.. Histories.Keys.Where(state => !state.Contains('('))];

    internal override string Kind => TDecider.StreamKind;

    [Fact]
    public void Every_cell_of_the_decision_table_is_as_written()
    {
        var cells = TextTable.Read(Decisions);
        var wrong = new StringBuilder();
        foreach (var row in Commands.Keys)
        {
            foreach (var column in Columns)
            {
                var written = cells.Remove((row, column), out var cell) ? cell : "(no such cell)";
                if (written != Answer(row, column))
                {
                    wrong.AppendLine($"{row} × {column}: written {written}, is {Answer(row, column)}");
                }
            }
        }

        foreach (var (row, column) in cells.Keys)
        {
            wrong.AppendLine($"{row} × {column}: written, but there is no such command or state");
        }

        Assert.True(wrong.Length == 0,
            $"{wrong}\nThe table as it is:\n{TextTable.Write("command", [.. Commands.Keys], Columns, Answer)}");
    }

    [Fact]
    public void Every_command_has_a_row_and_every_stage_a_column()
    {
        var commands = typeof(TCommand).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(TCommand).IsAssignableFrom(type));
        Assert.Empty(commands.Select(type => type.Name).Except(Commands.Keys.Select(row => row.Split(':')[0])));
        Assert.All(Commands, row => Assert.Equal(row.Key.Split(':')[0], row.Value.GetType().Name));
        Assert.Empty(Stages.Except(Columns.SelectMany(state => StagesOf(Given(state)))));
    }

    [Fact]
    public void Every_guard_gives_the_answer_it_should()
    {
        var wrong = Guards
            .Select(guard => (guard, Actual: Text(TDecider.Decide(guard.Command, Given(guard.State)))))
            .Where(result => result.Actual != result.guard.Answer)
            .Select(result => $"{result.guard.Sentence}: should be {result.guard.Answer}, is {result.Actual}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_event_follows_the_states_written_and_no_other()
    {
        var text = new StringBuilder();
        foreach (var (name, sample) in Events().OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"{name}: {string.Join(", ", Columns.Where(state => CanFollow(Given(state), sample)))}");
        }

        var written = Lines(Evolution);
        Assert.True(Lines(text.ToString()).SequenceEqual(written), $"The events as they are:\n{text}");
    }

    [Fact]
    public void Events_of_other_streams_are_impossible_histories()
    {
        var foreign = All.Where(other => other.Kind != Kind).SelectMany(other => other.Events().Values);
        Assert.All(foreign, e => Assert.All(Histories.Keys, state => Assert.False(CanFollow(Given(state), e), $"{e.GetType().Name} in {state}")));
    }

    [Fact]
    public void Whatever_is_decided_can_follow_and_nothing_follows_an_end()
    {
        foreach (var state in Histories.Keys)
        {
            foreach (var command in Commands.Values.Concat(Guards.Where(guard => guard.State == state).Select(guard => guard.Command)))
            {
                var decision = TDecider.Decide(command, Given(state));
                _ = decision.Events.Aggregate(Given(state), TDecider.Evolve);
                Assert.All(decision.Events, e => Assert.Equal((command.At, command.By), (e.At, e.By)));
                Assert.True(decision.Events.Count == 0 || !TDecider.IsTerminal(Given(state)), $"{state} is an end, yet {command} was recorded");
                Assert.True(decision.Events.Count > 0 || decision.Rejection is not null, $"{command} in {state} had no answer");
                Assert.Equal(Text(decision), Text(TDecider.Decide(command, TDecider.Condense(Given(state)))));
            }
        }
    }

    [Fact]
    public void No_command_in_any_state_throws() =>
        AnyCommand.Walk(typeof(TCommand)).Sample(commands =>
        {
            var state = TDecider.Initial;
            foreach (var command in commands)
            {
                state = TDecider.Decide((TCommand)command, state).Events.Aggregate(state, TDecider.Evolve);
            }
        }, iter: 400);

    [Fact]
    public void No_command_throws_after_any_history() =>
        AnyCommand.Walk(typeof(TCommand)).Sample(commands =>
        {
            foreach (var start in Histories.Keys)
            {
                var state = Given(start);
                foreach (var command in commands)
                {
                    state = TDecider.Decide((TCommand)command, state).Events.Aggregate(state, TDecider.Evolve);
                }
            }
        }, iter: 100);

    internal override IEnumerable<Decision> Answers() =>
        Commands.Values.SelectMany(command => Histories.Keys.Select(state => TDecider.Decide(command, Given(state))))
            .Concat(Guards.Select(guard => TDecider.Decide(guard.Command, Given(guard.State))));

    internal override IReadOnlyDictionary<string, Event> Events() =>
        Answers().SelectMany(answer => answer.Events)
            .Concat(Histories.Values.SelectMany(history => history))
            .GroupBy(e => e.GetType().Name)
            .ToDictionary(group => group.Key, group => group.First());

    /// <summary>The state that a history leads to.</summary>
    protected TState Given(string state) => Histories[state].Aggregate(TDecider.Initial, TDecider.Evolve);

    private string Answer(string row, string column) => Text(TDecider.Decide(Commands[row], Given(column)));

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal);

    private static bool CanFollow(TState state, Event @event)
    {
        try
        {
            TDecider.Evolve(state, @event);
            return true;
        }
        catch (ImpossibleHistoryException)
        {
            return false;
        }
    }
}
