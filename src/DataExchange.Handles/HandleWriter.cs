using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Handles;

/// <summary>Writes a record as JSON, in the shape in which the Handle System's proxies answer over HTTP; the data are JSON too.</summary>
public static class HandleWriter
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In one line.</summary>
    /// <param name="record">The record.</param>
    public static string Write(HandleRecord record) => ToJson(record).ToJsonString(Options);

    /// <summary>As JSON: a response code (1, found), the handle, its values.</summary>
    /// <param name="record">The record.</param>
    public static JsonObject ToJson(HandleRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new JsonObject
        {
            ["responseCode"] = 1,
            ["handle"] = record.Name.Handle.Value,
            ["values"] = new JsonArray([.. record.Values.Select(value => (JsonNode?)new JsonObject
            {
                ["index"] = value.Index,
                ["type"] = value.Data.Type,
                ["data"] = new JsonObject { ["format"] = "json", ["value"] = Of(value.Data) },
                ["ttl"] = value.TtlSeconds,
                ["timestamp"] = value.Timestamp.ToString(),
            })]),
        };
    }

    private static JsonObject Of(HandleData data) => data switch
    {
        HandleMetadata metadata => (JsonObject)metadata.Fields.DeepClone(),
        HandleState state => With(
            new JsonObject { ["state"] = state.State, ["zh"] = state.Zh, ["en"] = state.En, ["since"] = state.Since.ToString(), ["ended"] = state.IsEnded }, state.Details),
        HandleLink { Target: { } target } link => With(new JsonObject { ["relation"] = link.Relation, ["handle"] = target.Handle.Value }, link.Details),
        HandleLink link => With(new JsonObject { ["relation"] = link.Relation, ["count"] = link.Count }, link.Details),
        HandleProof proof => Proof(proof),
        _ => throw new ArgumentOutOfRangeException(nameof(data), data, "unknown type of value"),
    };

    private static JsonObject Proof(HandleProof proof)
    {
        var json = new JsonObject { ["of"] = proof.Of, ["fact"] = proof.Fact, ["event"] = proof.Event, ["log"] = proof.Log };
        if (proof.Leaf is { } leaf)
        {
            json["proof"] = leaf.DeepClone();
        }

        return json;
    }

    private static JsonObject With(JsonObject json, JsonObject? details)
    {
        foreach (var (name, value) in details ?? [])
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }
}
