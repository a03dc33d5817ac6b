using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Services.Snapshots;
using Npgsql;

namespace DataExchange.Services;

/// <content>States: read when they are needed, from a snapshot and the facts behind it.</content>
internal sealed partial class Partition
{
    private readonly Dictionary<string, int> _snapshots = new(StringComparer.Ordinal);

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private int _creditsKept;
    private int _creditsTaken;

    // What was used since the last time stays, so that it is a matter of use and not of chance what is read again.
    private void KeepWithinMemory(StreamTable table)
    {
        if (table.Count > _streamsInMemory)
        {
            table.UnloadAllBut(_used);
            foreach (var stream in _snapshots.Keys.Where(stream => !_used.Contains(stream)).ToList())
            {
                _snapshots.Remove(stream);
            }

            _used.Clear();
        }
    }

    private async Task<StreamTable> OpenTableAsync(CancellationToken cancellation)
    {
        var table = new StreamTable();
        _snapshots.Clear();
        if (_credits)
        {
            var started = TimeProvider.System.GetTimestamp();
            await CreditAsync(table, cancellation).ConfigureAwait(false);
            _loaded(new StreamsLoaded(_name, 0, 0, 0, default, default, default, TimeProvider.System.GetElapsedTime(started)));
        }

        return table;
    }

    private async Task CreditAsync(StreamTable table, CancellationToken cancellation)
    {
        var saved = _snapshotEvery == 0 ? null : await _kept.ReadProceedsAsync(cancellation).ConfigureAwait(false);
        if (saved is { } known)
        {
            table.RestoreProceeds(known.ByParty);
        }

        _creditsKept = saved?.Count ?? 0;
        _creditsTaken = _creditsKept + await _reader.CreditAsync(table, saved?.Sequence ?? 0, cancellation).ConfigureAwait(false);
    }

    // Otherwise whoever settles would read all settlements that there ever were before the first one of its own.
    private async Task KeepProceedsAsync(StreamTable table, long sequence, CancellationToken cancellation)
    {
        _creditsTaken += table.Recorded.Count(fact => PartitionReader.IsCredit(fact.Data));
        if (_snapshotEvery > 0 && _creditsTaken - _creditsKept >= Math.Max(_snapshotEvery, table.Payees))
        {
            await _kept.KeepProceedsAsync(_creditsTaken, sequence, table.SaveProceeds(), cancellation).ConfigureAwait(false);
            _creditsKept = _creditsTaken;
        }
    }

    private static IEnumerable<string> Needs(Command command)
    {
        yield return command.Stream;
        switch (command)
        {
            case Domain.Rights.RegisterProduct registering:
                yield return StreamId.Fingerprint(registering.Fingerprint);
                break;
            case Domain.Rights.ReviseProduct revising:
                yield return StreamId.Fingerprint(revising.Fingerprint);
                break;
            case PlaceOrder order:
                yield return StreamId.Buyer(order.Buyer);
                yield return StreamId.Deal(order.Deal);
                break;
            case OfferBundle offer:
                foreach (var product in offer.Products.Take(Bundle.MostParts))
                {
                    yield return StreamId.Offer(product);
                }

                break;
            case OrderBundle order:
                yield return StreamId.Buyer(order.Buyer);
                for (var part = 1; part <= Bundle.MostParts; part++)
                {
                    yield return StreamId.Deal(BundleId.DealOf(order.Order, part));
                }

                break;
            case CommitBid bid:
                yield return StreamId.Buyer(bid.Bidder);
                break;
            case PlaceBid bid:
                yield return StreamId.Buyer(bid.Bidder);
                break;
            case EnterBookOrder order:
                yield return StreamId.Buyer(order.Party);
                break;
        }
    }

    private async Task LoadAsync(StreamTable table, HashSet<string> wanted, CancellationToken cancellation)
    {
        // A deal, offer or buyer of another partition of this service is read afresh: it is not ours to keep.
        foreach (var id in wanted.Where(id => _map.OwnerOf(id) != _name && StreamId.KindOf(id) is "deal" or "offer"))
        {
            table.Unload(id);
        }

        _used.UnionWith(wanted);
        wanted.RemoveWhere(table.Knows);
        if (wanted.Count == 0)
        {
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        var kept = _snapshotEvery == 0 ? [] : await _kept.ReadAsync(wanted, cancellation).ConfigureAwait(false);
        var snapshots = kept.Values.Select(row => (row.Stream, Snapshot: Read(row))).Where(one => one.Snapshot is not null).ToDictionary(one => one.Stream, one => one.Snapshot!);
        var afterSnapshots = TimeProvider.System.GetTimestamp();
        var found = await _reader.StreamsAsync([.. wanted.Select(id => (id, snapshots.GetValueOrDefault(id)?.Version ?? 0))], cancellation).ConfigureAwait(false);
        var afterFacts = TimeProvider.System.GetTimestamp();
        foreach (var id in wanted)
        {
            var snapshot = snapshots.GetValueOrDefault(id);
            table.Load(id, snapshot, found.TryGetValue(id, out var facts) ? facts : []);
            _snapshots[id] = snapshot?.Version ?? 0;
        }

        _loaded(new StreamsLoaded(
            _name, wanted.Count, snapshots.Count, found.Values.Sum(facts => facts.Count), TimeProvider.System.GetElapsedTime(started, afterSnapshots),
            TimeProvider.System.GetElapsedTime(afterSnapshots, afterFacts), TimeProvider.System.GetElapsedTime(afterFacts), default));

        // What cannot be read is as good as nothing: the facts are all there.
        static StreamSnapshot? Read(SnapshotRow row)
        {
            try
            {
                return SnapshotJson.Read(StreamKind.Of(row.Stream), row.Version, row.Content);
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException)
            {
                return null;
            }
        }
    }

    // After a commit, and outside its turn: a snapshot says nothing that is not in the store already.
    private async Task KeepSnapshotsAsync(StreamTable table, long sequence, CancellationToken cancellation)
    {
        var due = new Dictionary<string, SnapshotRow>(StringComparer.Ordinal);
        for (var i = table.Recorded.Count - 1; _snapshotEvery > 0 && i >= 0; i--)
        {
            var (stream, version) = (table.Recorded[i].Stream, table.Recorded[i].Version);
            if (version >= _snapshotEvery && version - _snapshots.GetValueOrDefault(stream) >= Math.Max(_snapshotEvery, version / 4) && !due.ContainsKey(stream)
                && table.SnapshotOf(stream) is { } snapshot)
            {
                due.Add(stream, new SnapshotRow(stream, snapshot.Version, SnapshotJson.Write(StreamKind.Of(stream), snapshot)));
            }
        }

        try
        {
            if (_credits)
            {
                await KeepProceedsAsync(table, sequence, cancellation).ConfigureAwait(false);
            }

            if (due.Count == 0)
            {
                return;
            }

            await _kept.KeepAsync(due.Values, cancellation).ConfigureAwait(false);
            foreach (var row in due.Values)
            {
                _snapshots[row.Stream] = row.Version;
            }
        }
        catch (NpgsqlException)
        {
            // The next commit says whether the server is there; the snapshot is made again.
        }
    }
}
