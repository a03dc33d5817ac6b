using DataExchange.Catalogue.Reading;
using DataExchange.Domain;

namespace DataExchange.Catalogue.Importing;

/// <summary>What became of a record: exactly one of these.</summary>
public enum ImportOutcome
{
    /// <summary>A product was registered.</summary>
    Registered,
    /// <summary>Its product is registered already.</summary>
    AlreadyRegistered,
    /// <summary>The exchange refused the application.</summary>
    Refused,
    /// <summary>The record cannot be used.</summary>
    Skipped,
}

/// <summary>What became of a record.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Identifier">Its own identifier; empty without one.</param>
/// <param name="Title">Its title; empty when it cannot be used.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Product">The product; null when it was skipped.</param>
/// <param name="Rejection">The exchange's reason; null when it was registered or skipped.</param>
/// <param name="Unusable">Why it was skipped; null when it was not.</param>
/// <param name="Notes">What was odd, and what was assumed.</param>
public sealed record ImportedRecord(
    int Number, string Identifier, string Title, ImportOutcome Outcome, ProductId? Product, Rejection? Rejection, Unusable? Unusable, IReadOnlyList<Note> Notes);

/// <summary>What an import came to.</summary>
/// <param name="Catalogue">SHA-256 of the file, hexadecimal.</param>
/// <param name="Format">What the file was taken for.</param>
/// <param name="Notes">What was odd about the file.</param>
/// <param name="Records">Every record, in the order of the file.</param>
/// <param name="PartiesRegistered">Publishers that became parties.</param>
public sealed record ImportReport(string Catalogue, string Format, IReadOnlyList<Note> Notes, IReadOnlyList<ImportedRecord> Records, int PartiesRegistered)
{
    /// <summary>How many records came to an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public int Count(ImportOutcome outcome) => Records.Count(record => record.Outcome == outcome);
}
