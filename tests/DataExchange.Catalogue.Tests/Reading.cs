using System.Text;
using DataExchange.Catalogue.Reading;

namespace DataExchange.Catalogue.Tests;

/// <summary>Shortcuts of the reading tests.</summary>
internal static class Reading
{
    internal static ReadCatalogue Read(string json) => CatalogueReader.Read(Encoding.UTF8.GetBytes(json));

    /// <summary>A <c>data.json</c> with the given entries.</summary>
    internal static ReadCatalogue Entries(params string[] entries) =>
        Read($$"""{"conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[{{string.Join(',', entries)}}]}""");

    /// <summary>The one record of a <c>data.json</c> whose dataset has an identifier, a title, a description and these members.</summary>
    internal static CatalogueRecord Record(string members = "") =>
        Assert.Single(Entries($$"""{"identifier":"a-1","title":"Wells","description":"All wells"{{(members.Length > 0 ? "," + members : "")}}}""").Records);

    internal static bool Has(this CatalogueRecord record, NoteCode code) => record.Notes.Any(note => note.Code == code);

    internal static string WhyNot(string json) => Assert.Throws<CatalogueFormatException>(() => Read(json)).Message;
}
