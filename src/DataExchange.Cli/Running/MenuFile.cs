using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Commands;
using DataExchange.Menus.Checking;

namespace DataExchange.Cli.Running;

/// <summary>A menu as a file has it.</summary>
/// <param name="Items">What is sold.</param>
internal sealed record MenuDocument(IReadOnlyList<MenuDocumentItem>? Items)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="WrongInputException">It cannot be read, or is no menu.</exception>
    public static async Task<IReadOnlyList<MenuItem>> ReadAsync(string path, CancellationToken cancellation)
    {
        var bytes = await InputFile.ReadAsync(path, "FILE", cancellation).ConfigureAwait(false);
        try
        {
            var document = JsonSerializer.Deserialize(bytes, MenuJson.Default.MenuDocument);
            return document?.Items is { } items
                ? [.. items.Select((item, i) => new MenuItem(
                    item.Name ?? "", item.PriceFen ?? throw Missing(path, i, "priceFen", "0 to 10^15, in fen"), item.Quality,
                    item.Units ?? throw Missing(path, i, "units", "an object that gives each product so many calls or copies")))]
                : throw new WrongInputException($"FILE '{path}' has no items: an object with 'items' is wanted, each with name, priceFen, units and, where there are several, quality");
        }
        catch (JsonException wrong)
        {
            throw new WrongInputException($"FILE '{path}' is no menu in JSON: {wrong.Message}");
        }
    }

    private static WrongInputException Missing(string path, int item, string field, string allowed) => new($"FILE '{path}': items[{item}].{field} is missing; allowed is {allowed}");
}

/// <summary>One thing that is sold.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="PriceFen">Fen.</param>
/// <param name="Quality">Level of quality; 0 where there is only one.</param>
/// <param name="Units">Of each product so many.</param>
internal sealed record MenuDocumentItem(string? Name, long? PriceFen, int Quality, IReadOnlyDictionary<string, int>? Units);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(MenuDocument))]
internal sealed partial class MenuJson : JsonSerializerContext;
