using System.Text.Json;

namespace DataExchange.PrivateServers;

/// <summary>Small JSON files that are either whole or not there.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Write<T>(string file, T value)
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(value, Indented));
        File.Move(file + ".new", file, overwrite: true);
    }
}
