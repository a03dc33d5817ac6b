using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Reports.ReadModels;
using Marten;

namespace DataExchange.Cli.Running;

/// <summary>Compares stored documents with those that the events give, by a hash of their JSON.</summary>
internal sealed class DocumentComparison<T>
    where T : class, IReadModel
{
    private const int MostProblems = 20;
    private readonly Dictionary<string, UInt128> _expected = new(StringComparer.Ordinal);

    /// <summary>Notes a document that the events give.</summary>
    public void Expect(T document) => _expected.Add(document.Id, HashOf(document));

    /// <summary>Reads the stored documents and names those that differ, are missing or should not be there.</summary>
    public async Task CompareAsync(IDocumentStore store, List<string> problems, CancellationToken cancellation)
    {
        var found = 0;
        await using var session = store.QuerySession();
        await foreach (var document in session.Query<T>().ToAsyncEnumerable(cancellation).ConfigureAwait(false))
        {
            if (!_expected.Remove(document.Id, out var hash))
            {
                Report(document.Id, "the events give no such document");
            }
            else if (hash != HashOf(document))
            {
                Report(document.Id, "differs from what the events give");
            }
        }

        foreach (var id in _expected.Keys.Order(StringComparer.Ordinal))
        {
            Report(id, "is missing");
        }

        void Report(string id, string what)
        {
            if (++found <= MostProblems)
            {
                problems.Add($"{typeof(T).Name} {id}: ReadModel: {what}");
            }
        }
    }

    private static UInt128 HashOf(T document)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, ReadModelJson.StoreOptions), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
