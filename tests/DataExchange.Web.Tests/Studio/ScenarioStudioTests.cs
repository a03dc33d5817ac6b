using DataExchange.Web.Studio;
using DataExchange.Web.Tests.Floor;

namespace DataExchange.Web.Tests.Studio;

/// <summary>Runs one after the other, bounded, cancelled, kept.</summary>
public sealed class ScenarioStudioTests
{
    private readonly SlowEngine _engine = new();
    private readonly ScenarioStudio _studio;

    public ScenarioStudioTests() => _studio = new(_engine, new NoMarket().Facts);

    [Fact]
    public async Task One_runs_the_others_wait_and_too_many_are_refused()
    {
        var first = Start(1)!;
        await UntilAsync(() => first.Stage == StudioStage.Running && first.Progress.Pass == 2);
        StudioRun[] waiting = [.. Enumerable.Range(2, ScenarioStudio.MostWaiting).Select(seed => Start((ulong)seed)!)];
        Assert.All(waiting, run => Assert.Equal(StudioStage.Waiting, run.Stage));
        Assert.Null(Start(99));

        _engine.End(1);
        await UntilAsync(() => waiting[0].Stage == StudioStage.Running);

        Assert.Equal((StudioStage.Done, "digest", 7), (first.Stage, first.Figures!.Digest, first.Figures.Events));
        Assert.Equal(StudioStage.Waiting, waiting[1].Stage);
        Assert.NotNull(Start(99));
    }

    [Fact]
    public async Task What_is_cancelled_ends_and_the_next_has_its_turn()
    {
        var (running, waiting, last) = (Start(1)!, Start(2)!, Start(3)!);
        await UntilAsync(() => running.Stage == StudioStage.Running);

        waiting.Cancel();
        running.Cancel();
        await UntilAsync(() => last.Stage == StudioStage.Running);
        _engine.Fail(3);
        await UntilAsync(() => !last.IsAlive);
        last.Cancel();

        Assert.Equal((StudioStage.Cancelled, StudioStage.Cancelled, StudioStage.Failed), (running.Stage, waiting.Stage, last.Stage));
        Assert.Equal("It broke.", last.Failure);
        Assert.Null(running.Figures);
    }

    [Fact]
    public async Task The_last_runs_are_kept_and_a_server_that_stops_ends_them()
    {
        using var stop = new CancellationTokenSource();
        for (var seed = 1UL; seed <= ScenarioStudio.MostKept + 3; seed++)
        {
            _engine.End(seed);
            var run = Start(seed)!;
            await UntilAsync(() => !run.IsAlive);
        }

        Assert.Equal(ScenarioStudio.MostKept, _studio.Runs.Count);
        Assert.Null(_studio.Find(3));
        Assert.Equal(ScenarioStudio.MostKept + 3, _studio.Runs[0].Number);
        var left = _studio.Start(new StudioOrder([], 1_000, 1), stop.Token)!;
        await UntilAsync(() => left.Stage == StudioStage.Running);
        await stop.CancelAsync();
        await UntilAsync(() => left.Stage == StudioStage.Cancelled);
    }

    [Fact]
    public void What_is_not_allowed_is_refused_before_it_waits()
    {
        Assert.Equal("wrong = 1: is unknown", Assert.Throws<StudioRefusedException>(() => _studio.Start(new StudioOrder(["wrong=1"], 1, 1), CancellationToken.None)).Message);
        Assert.Empty(_studio.Runs);
    }

    [Fact]
    public void A_form_gives_the_settings_that_differ_and_an_address_holds_them()
    {
        var form = new Dictionary<string, string> { ["deals.late"] = " 0.5 ", ["demand.orders"] = "7", ["else"] = "1" };
        var settings = StudioRequest.SettingsOf(_engine.Fields, form.GetValueOrDefault);
        Assert.Equal(["deals.late=0.5"], settings);
        Assert.Empty(StudioRequest.SettingsOf(_engine.Fields, path => path == "deals.late" ? "0.25" : ""));
        Assert.Equal("?set=deals.late%3D0.5&seed=7&scale=0.02", StudioRequest.ToParameters(new StudioOrder(settings, 7, 0.02)));
    }

    private StudioRun? Start(ulong seed) => _studio.Start(new StudioOrder([], seed, 1), CancellationToken.None);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 500 && !isSo(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(isSo());
    }
}
