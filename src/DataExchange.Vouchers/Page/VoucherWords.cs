using System.Collections.Frozen;
using DataExchange.Vouchers.Documents;

namespace DataExchange.Vouchers.Page;

/// <summary>Words for the codes that documents hold.</summary>
internal static class VoucherWords
{
    private static readonly FrozenDictionary<string, BilingualName> Known = new Dictionary<string, BilingualName>
    {
        ["ResourceHolding"] = new("数据资源持有权", "right to hold data resources"),
        ["ProcessingAndUse"] = new("数据加工使用权", "right to process and use data"),
        ["ProductOperation"] = new("数据产品经营权", "right to operate data products"),
        ["LawfulSource"] = new("来源合法证明", "proof of lawful source"),
        ["PersonalConsent"] = new("个人信息授权同意", "consent to personal information"),
        ["SecurityAssessment"] = new("重要数据安全评估", "security assessment"),
        ["OperationAuthorisation"] = new("公共数据授权运营协议", "authorisation to operate public data"),
        ["General"] = new("一般数据", "general data"),
        ["Important"] = new("重要数据", "important data"),
        ["Core"] = new("核心数据", "core data"),
        ["Api"] = new("数据接口", "API"),
        ["Report"] = new("数据报告", "report"),
        ["Application"] = new("数据应用", "application"),
        ["Dataset"] = new("数据集", "dataset"),
        ["Model"] = new("数据模型", "model"),
        ["OpenEnded"] = new("非独家、不限期", "non-exclusive, open-ended"),
        ["Capped"] = new("限量", "capped"),
        ["Exclusive"] = new("独家", "exclusive"),
        ["Subscription"] = new("订阅", "subscription"),
        ["CallPack"] = new("调用包", "call pack"),
        ["Shelf"] = new("货架", "shelf"),
        ["RegisteredContract"] = new("协议登记", "registered contract"),
        ["FiledContract"] = new("备案合同", "filed contract"),
        ["OrderBook"] = new("撮合交易", "order book"),
        ["Auction"] = new("竞价交易", "auction"),
        ["InForce"] = new("有效", "in force"),
        ["Expired"] = new("已到期", "expired"),
        ["Revoked"] = new("已撤销", "revoked"),
        ["Cancelled"] = new("已注销", "cancelled"),
        ["Accepted"] = new("买方验收", "accepted by the buyer"),
        ["TimedOut"] = new("逾期视为验收", "taken as accepted, as the buyer did not answer in time"),
        ["DisputeDismissed"] = new("争议被驳回，视为验收", "dispute dismissed"),
        ["DisputeUpheld"] = new("争议成立，已退款", "dispute upheld, money refunded"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for a code; a code without words stands for itself.</summary>
    internal static BilingualName Of(string code) => Known.TryGetValue(code, out var words) ? words : new(code, code);

    internal static BilingualName Of(bool flag) => flag ? new("是", "yes") : new("否", "no");
}
