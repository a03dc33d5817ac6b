using DataExchange.Catalogue.Reading;
using DataExchange.Domain;

namespace DataExchange.Catalogue.Importing;

/// <summary>Guesses the form of a product from the ways in which a record says that it is handed out.</summary>
public static class ProductForms
{
    private static readonly string[] Reports = ["pdf", "doc", "docx", "msword", "odt", "ppt", "pptx", "html", "htm", "epub"];
    private static readonly string[] Models = ["onnx", "pmml", "safetensors", "h5", "pickle"];
    private static readonly string[] Applications = ["app", "apk", "exe", "application", "dashboard"];

    /// <summary>The form: what the record says itself, an API for a service, a report when there is nothing but documents; otherwise a dataset.</summary>
    /// <param name="record">The record.</param>
    public static ProductForm Of(CatalogueRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Parse<ProductForm>(record.Own.Form) is { } own)
        {
            return own;
        }

        if (record.Types.Contains("dataservice"))
        {
            return ProductForm.Api;
        }

        string[] formats = [.. record.Distributions.Where(way => !way.IsService).SelectMany(way => way.Formats).Select(ShortOf)];
        return formats.Length == 0
            ? record.Distributions.Any(way => way.IsService) ? ProductForm.Api : ProductForm.Dataset
            : formats.All(Models.Contains) ? ProductForm.Model
            : formats.All(Applications.Contains) ? ProductForm.Application
            : formats.All(Reports.Contains) ? record.Distributions.Any(way => way.IsService) ? ProductForm.Api : ProductForm.Report
            : ProductForm.Dataset;
    }

    /// <summary>A word of an enumeration; null when it is none.</summary>
    internal static T? Parse<T>(string? word)
        where T : struct, Enum =>
        Array.Find(Enum.GetNames<T>(), name => name == word) is { } found ? Enum.Parse<T>(found) : null;

    // "application/pdf", ".PDF", "http://publications.europa.eu/resource/authority/file-type/PDF"
    private static string ShortOf(string format) => format.Split('/', '#', '.', ' ')[^1];
}
