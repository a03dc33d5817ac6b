using DataExchange.Domain;

namespace DataExchange.Catalogue;

/// <summary>
/// The names of things in exported catalogues. Handles are written as <c>hdl:86.dex/…</c>, short for <c>info:hdl/86.dex/…</c> (RFC 4452), as in policies.
/// Terms of our own are under a name that can never resolve (RFC 2606), since nobody keeps a vocabulary of this model on the web.
/// </summary>
public static class Iris
{
    /// <summary>Namespace of our own terms.</summary>
    public const string Terms = "https://dataexchange.invalid/ns#";

    /// <summary>The access rights of the EU's vocabulary, which DCAT-AP asks for.</summary>
    public const string AccessRights = "http://publications.europa.eu/resource/authority/access-right/";

    /// <summary>A handle as an IRI, <c>hdl:86.dex/product.P000042</c>.</summary>
    /// <param name="handle">The handle.</param>
    public static string Of(Handle handle) => Policies.Vocabulary.IriOf(handle);

    /// <summary>A concept of our own in compact form, <c>dx:category/industry</c>.</summary>
    /// <param name="scheme">Its scheme.</param>
    /// <param name="id">Its id there.</param>
    public static string OfConcept(string scheme, string id) => $"dx:{scheme}/{Uri.EscapeDataString(id)}";
}
