using System.Text.Json.Serialization;

namespace DataExchange.Client;

/// <summary>A command that the gateway takes.</summary>
public interface ICommand
{
    /// <summary>Its name: <c>POST /v1/commands/{name}</c>.</summary>
    [JsonIgnore]
    string Name { get; }
}
