using DataExchange.Web.Market;

namespace DataExchange.Web.Frame;

/// <summary>What every page knows: its language, the market, and where it stands.</summary>
/// <param name="Locale">The language.</param>
/// <param name="Market">The market.</param>
/// <param name="Rest">Path and query behind the language, such as <c>/shelf?venue=hzdex</c>: where the same page is in the other language.</param>
public sealed record PageFrame(Locale Locale, IMarketSource Market, string Rest)
{
    /// <summary>The address of a page in this language.</summary>
    /// <param name="rest">Behind the language, such as <c>/shelf</c>.</param>
    public string To(string rest) => $"/{Locale.Code}{rest}";

    /// <summary>The address of a product's page.</summary>
    /// <param name="id">The product.</param>
    public string ToProduct(string id) => To("/products/" + Uri.EscapeDataString(id));

    /// <summary>The address of a deal's page.</summary>
    /// <param name="id">The deal.</param>
    public string ToDeal(string id) => To("/deals/" + Uri.EscapeDataString(id));

    /// <summary>The address of a sub-track's page.</summary>
    /// <param name="id">The sub-track.</param>
    public string ToChain(string id) => To("/chain/" + Uri.EscapeDataString(id));

    /// <summary>The address of an auction's page.</summary>
    /// <param name="id">The auction.</param>
    public string ToAuction(string id) => To("/auctions/" + Uri.EscapeDataString(id));

    /// <summary>The address of a requirement's page.</summary>
    /// <param name="id">The requirement.</param>
    public string ToRequirement(string id) => To("/requirements/" + Uri.EscapeDataString(id));

    /// <summary>The address of an account's entries.</summary>
    /// <param name="account">The account.</param>
    public string ToAccount(string account) => To("/ledger/journal?account=" + Uri.EscapeDataString(account));
}
