using DataExchange.EventStore.Documents;
using DataExchange.Testing;
using Marten;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class DocumentReplacementTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_documents_are_replaced_over_several_chunks()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        Assert.Equal(12_000, await store.Marten.ReplaceDocumentsAsync(Leaves(12_000, "first"), Cancellation));
        Assert.Equal(7_001, await store.Marten.ReplaceDocumentsAsync(Leaves(7_001, "second"), Cancellation));

        await using var session = store.Marten.QuerySession();
        var leaves = await session.Query<Leaf>().OrderBy(leaf => leaf.Number).ToListAsync(Cancellation);
        Assert.Equal(Leaves(7_001, "second"), leaves);
        Assert.Equal(0, await store.Marten.ReplaceDocumentsAsync(Leaves(0, ""), Cancellation));
        Assert.Empty(await store.LinesAsync("SELECT 1 FROM dataexchange.mt_doc_leaf"));
    }

    [Fact]
    public async Task The_rows_are_those_that_a_session_would_store()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        const string sql = "SELECT to_jsonb(d) - 'mt_last_modified' - 'mt_version' AS row FROM dataexchange.mt_doc_leaf d ORDER BY id";
        await store.Marten.ReplaceDocumentsAsync(Leaves(50, "数"), Cancellation);
        var bulk = await store.LinesAsync(sql);

        await store.RunAsync("DELETE FROM dataexchange.mt_doc_leaf");
        await using var session = store.Marten.LightweightSession();
        session.Store(Leaves(50, "数"));
        await session.SaveChangesAsync(Cancellation);
        Assert.Equal(await store.LinesAsync(sql), bulk);
    }

    [Fact]
    public async Task A_failure_in_the_middle_leaves_the_old_documents()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.Marten.ReplaceDocumentsAsync(Leaves(10, "old"), Cancellation);

        await Assert.ThrowsAsync<EventConcurrencyException>(
            () => store.Marten.ReplaceDocumentsAsync(Leaves(6_000, "new").Append(new Leaf("leaf/00001", 0, "twice")), Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => store.Marten.ReplaceDocumentsAsync(Failing(), Cancellation));

        await using var session = store.Marten.QuerySession();
        Assert.Equal(10, await session.Query<Leaf>().CountAsync(leaf => leaf.Text == "old", Cancellation));
        Assert.Equal(10, await session.Query<Leaf>().CountAsync(Cancellation));
    }

    [Fact]
    public async Task Step_by_step_all_documents_are_replaced_and_no_transaction_stays_open()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        Assert.Equal(10, await store.Marten.ReplaceDocumentsStepwiseAsync(Leaves(10, "old").ToAsyncEnumerable(), Cancellation));
        var open = new List<string>();
        Assert.Equal(12_000, await store.Marten.ReplaceDocumentsStepwiseAsync(Watched(), Cancellation));
        Assert.Empty(open);

        await using var session = store.Marten.QuerySession();
        Assert.Equal(12_000, await session.Query<Leaf>().CountAsync(leaf => leaf.Text == "new", Cancellation));
        Assert.Equal(12_000, await session.Query<Leaf>().CountAsync(Cancellation));

        async IAsyncEnumerable<Leaf> Watched()
        {
            foreach (var leaf in Leaves(12_000, "new"))
            {
                if (leaf.Number % 3_000 == 0)
                {
                    open.AddRange(await store.LinesAsync("SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"));
                }

                yield return leaf;
            }
        }
    }

    private static IEnumerable<Leaf> Failing()
    {
        foreach (var leaf in Leaves(5_500, "new"))
        {
            yield return leaf;
        }

        throw new FormatException("the source broke");
    }

    private static Leaf[] Leaves(int count, string text) =>
        [.. Enumerable.Range(0, count).Select(number => new Leaf($"leaf/{number:D5}", number, text))];
}
