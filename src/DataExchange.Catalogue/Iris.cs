using DataExchange.Domain;

namespace DataExchange.Catalogue;

/// <summary>
/// The names of things in exported catalogues. Handles are written as <c>info:hdl/…</c> (RFC 4452), which says what they are and claims no resolver.
/// Terms of our own are under a name that can never resolve (RFC 2606), since nobody keeps a vocabulary of this model on the web.
/// </summary>
public static class Iris
{
    /// <summary>What handles begin with as IRIs.</summary>
    public const string HandlePrefix = "info:hdl/";

    /// <summary>Namespace of our own terms.</summary>
    public const string Terms = "https://dataexchange.invalid/ns#";

    /// <summary>The access rights of the EU's vocabulary, which DCAT-AP asks for.</summary>
    public const string AccessRights = "http://publications.europa.eu/resource/authority/access-right/";

    /// <summary>A handle in compact form, <c>hdl:86.dex/product.P000042</c>.</summary>
    /// <param name="handle">The handle.</param>
    public static string Of(Handle handle) => "hdl:" + string.Join('/', handle.Value.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A concept of our own in compact form, <c>dx:category/industry</c>.</summary>
    /// <param name="scheme">Its scheme.</param>
    /// <param name="id">Its id there.</param>
    public static string OfConcept(string scheme, string id) => $"dx:{scheme}/{Uri.EscapeDataString(id)}";

    /// <summary>The policy that a price version is offered under, in compact form.</summary>
    /// <param name="product">The product.</param>
    /// <param name="priceVersion">Version of the price.</param>
    public static string OfPolicy(ProductId product, int priceVersion) => $"{Of(Handle.OfProduct(product))}#offer.{priceVersion}";
}
