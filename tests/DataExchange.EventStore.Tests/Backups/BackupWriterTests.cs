using System.Text;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Sorting;

namespace DataExchange.EventStore.Tests.Backups;

/// <summary>What is written into a backup without a store is a whole backup, and every event is read from it as it was.</summary>
public sealed class BackupWriterTests : IDisposable
{
    private static readonly EventTypeName Type = new("told.v1", "DataExchange.Told, DataExchange");
    private static readonly string[] Json = ["""{"text":"a\tb\\c\n\"d\""}""", """{"text":"两个\r"}""", "{}", "a\ttab, a\nline, a\rreturn, a \\ as they are", """{"n":5}"""];

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dx-backup-{Guid.NewGuid():N}");

    [Fact]
    public async Task Events_come_back_as_they_were_in_files_of_their_size()
    {
        var folder = new BackupFolder(Directory.CreateDirectory(_path).FullName);
        await using var sorter = new EventSorter(_path + ".sorting");
        await using var writer = new BackupWriter(folder, sorter, 7, fileRows: 2);
        var version = 0;
        foreach (var some in Json.Chunk(3))
        {
            var batch = writer.RentBatch();
            foreach (var json in some)
            {
                batch.Add("deal/C\\1", ++version, Type, Encoding.UTF8.GetBytes(json));
            }

            batch.Checkpoints.Add(new LogCheckpointRow("hzdex", version, $"note {version}"));
            await writer.WriteAsync(batch, TestContext.Current.CancellationToken);
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        var identity = new StoreIdentity(StoreIdentity.CurrentFormat, "s", "h", 7, 0.5, "1.0", true);
        await folder.CompleteAsync(writer.ManifestOf(identity, "1.0", DateTimeOffset.UnixEpoch, "d"), TestContext.Current.CancellationToken);

        var manifest = await folder.VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Equal((5L, 5L, "none", true), (manifest.Events, manifest.LastSequence, manifest.Postgres, manifest.IsCompleted));
        Assert.Equal([(2, 1, 2), (2, 3, 4), (1, 5, 5)], manifest.Files.Select(file => (file.Rows, file.First, file.Last)));
        Assert.Equal([("hzdex", 3), ("hzdex", 5)], manifest.Heads.Select(head => (head.Venue, head.Size)));
        var read = 0;
        await foreach (var raw in new BackupEvents(folder, manifest).ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(("deal/C\\1", read + 1L, "told.v1", read + 1L), (raw.StreamId, raw.Version, raw.TypeName, raw.Sequence));
            Assert.Equal(Json[read++], Encoding.UTF8.GetString(raw.Json.Span));
            Assert.InRange(raw.StoredAt, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddSeconds(1));
        }

        Assert.Equal((5, 5L), (read, sorter.Events));
        using var lines = folder.OpenEvents(manifest.Files[1].Name);
        Assert.Contains($"3\t{EventIds.For(7, 3)}\tdeal/C\\\\1\t3\t{{}}\t\\N\ttold.v1\t", await lines.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }
    }
}
