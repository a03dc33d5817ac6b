using System.Net;
using System.Text;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Documents;

namespace DataExchange.Vouchers.Page;

/// <summary>Rows of a page: a label in both languages, and a value. Whatever comes from a document is escaped here and nowhere else.</summary>
internal sealed class PageRows(VoucherFields document)
{
    private readonly StringBuilder _html = new();

    internal VoucherFields Document => document;

    public override string ToString() => _html.ToString();

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    internal static BilingualName Name(VoucherFields of, params ReadOnlySpan<string> path)
    {
        var (zh, en) = ("", "");
        foreach (var text in of.Items(path))
        {
            _ = text.Text("@language") == "zh" ? zh = text.Text("@value") : en = text.Text("@value");
        }

        return new(zh, en);
    }

    internal static string Party(VoucherFields party) => $"{Both(Name(party, "name"))}<span class=\"id\">{Escape(party.Text("party"))}</span>";

    internal static string Both(BilingualName text) =>
        text.Zh == text.En ? $"<b>{Escape(text.Zh)}</b>" : $"<b>{Escape(text.Zh)}</b> <span lang=\"en\">{Escape(text.En)}</span>";

    internal static string Codes(IEnumerable<string> codes)
    {
        BilingualName[] words = [.. codes.Select(VoucherWords.Of)];
        return Both(new(string.Join("、", words.Select(word => word.Zh)), string.Join(", ", words.Select(word => word.En))));
    }

    internal static string Yuan(VoucherFields amount) => $"<b>{Escape(amount.Text("amountYuan"))} 元</b> <span lang=\"en\">CNY</span>";

    internal static string Time(string time) => $"<span class=\"time\">{Escape(time)}</span>";

    internal PageRows Head(string zh, string en)
    {
        _html.Append($"<tr><th class=\"section\" colspan=\"2\">{zh} <span lang=\"en\">{en}</span></th></tr>\n");
        return this;
    }

    internal PageRows Row(string zh, string en, string html)
    {
        _html.Append($"<tr><th>{zh} <span lang=\"en\">{en}</span></th><td>{html}</td></tr>\n");
        return this;
    }

    internal PageRows RowIf(bool isThere, string zh, string en, Func<string> html) => isThere ? Row(zh, en, html()) : this;
}
