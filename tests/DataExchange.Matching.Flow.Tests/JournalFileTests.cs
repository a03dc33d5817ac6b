namespace DataExchange.Matching.Flow.Tests;

public sealed class JournalFileTests : IDisposable
{
    private static readonly JournalFileOptions Blocks = new() { BlockBytes = 4_096, Blocks = 4 };
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.In("journal");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_replayed_from_its_journal_ends_in_the_same_state(bool isDurable)
    {
        FlowResult result;
        using (var journal = JournalFile.Create(File, Blocks with { IsDurable = isDurable }))
        {
            result = FlowRun.Pass(Flows.Small, new FlowRunOptions { Journal = journal });
            Assert.Equal(Flows.Small.Setup.Count + 60_000, journal.Acknowledged);
        }

        var engine = new MatchingEngine<ReportKeeper>(Flows.Small.Limits, new ReportKeeper());
        var reader = JournalRecovery.Read(File, (commands, _) =>
        {
            foreach (ref readonly var command in commands)
            {
                engine.Apply(in command);
            }
        });
        Assert.Null(reader.Damage);
        Assert.Equal(result.StateHash, engine.StateHash());
        Assert.Equal(result.Totals, engine.Handler.Totals);
    }

    [Fact]
    public void A_journal_that_is_there_is_not_written_over()
    {
        System.IO.File.WriteAllText(File, "something");
        Assert.Contains(File, Assert.Throws<FlowException>(() => JournalFile.Create(File)).Message, StringComparison.Ordinal);
        Assert.Equal("something", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_journal_that_is_not_there_is_not_continued() =>
        Assert.Contains(File, Assert.Throws<FlowException>(() => JournalFile.Continue(File, (_, _) => { })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_journal_in_use_is_not_continued()
    {
        using var journal = JournalFile.Create(File);
        Assert.Throws<FlowException>(() => JournalFile.Continue(File, (_, _) => { }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4_095)]
    public void A_torn_end_is_cut_off_and_the_run_goes_on_to_the_same_state(int torn)
    {
        var whole = FlowRun.Pass(Flows.Small, new FlowRunOptions());
        using (var journal = JournalFile.Create(File, Blocks))
        {
            FlowRun.Pass(Flows.Small, new FlowRunOptions { Journal = journal, StopAt = 40_000 });
        }

        var length = new FileInfo(File).Length;
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(length - (10 * 4_096) + torn);
        }

        using var continued = JournalFile.Continue(File, (commands, first) => Flows.Small.Expect(commands, first, File), Blocks);
        var done = (int)continued.NextRecord - Flows.Small.Setup.Count;
        Assert.InRange(done, 39_000, 39_999);
        var result = FlowRun.Pass(Flows.Small, new FlowRunOptions { Journal = continued, Replayed = done });
        Assert.Equal((whole.StateHash, whole.Totals, whole.RestingOrders), (result.StateHash, result.Totals, result.RestingOrders));
        continued.Dispose();
        var count = 0;
        Assert.Null(JournalRecovery.Read(File, (commands, first) =>
        {
            Flows.Small.Expect(commands, first, File);
            count += commands.Length;
        }).Damage);
        Assert.Equal(Flows.Small.Setup.Count + 60_000, count);
    }

    [Fact]
    public void Damage_in_the_middle_is_no_torn_end_and_the_file_stays_as_it_is()
    {
        using (var journal = JournalFile.Create(File, Blocks))
        {
            FlowRun.Pass(Flows.Small, new FlowRunOptions { Journal = journal, StopAt = 5_000 });
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[10_000] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        var wrong = Assert.Throws<FlowException>(() => JournalFile.Continue(File, (_, _) => { }));
        Assert.Contains("block 2", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(File, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_journal_of_another_flow_is_refused()
    {
        using (var journal = JournalFile.Create(File, Blocks))
        {
            FlowRun.Pass(FlowPlan.Of(Flows.SmallRecords(), 200), new FlowRunOptions { Journal = journal });
        }

        Assert.Throws<FlowException>(() => JournalFile.Continue(File, (commands, first) => Flows.Small.Expect(commands, first, File)));
    }

    [Fact]
    public void A_block_that_is_not_full_is_written_when_it_has_waited()
    {
        using var journal = JournalFile.Create(File, Blocks with { LongestWait = TimeSpan.Zero });
        journal.Append(Command.AdvanceTime(1));
        journal.Tick();
        journal.Tick();
        Assert.True(SpinWait.SpinUntil(() => journal.Acknowledged == 1, TimeSpan.FromSeconds(20)));
    }
}
