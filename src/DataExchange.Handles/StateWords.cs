namespace DataExchange.Handles;

/// <summary>The states that things are in, in both languages.</summary>
internal static class StateWords
{
    private static readonly Dictionary<string, (string Zh, string En)> OfProduct = new()
    {
        ["Refused"] = ("不予登记", "refused at the door"),
        ["Registered"] = ("已登记", "registered"),
        ["EvidenceSubmitted"] = ("已提交证据", "evidence submitted"),
        ["ApplicationAccepted"] = ("已受理", "accepted for review"),
        ["Returned"] = ("退回补正", "returned for correction"),
        ["CompliancePassed"] = ("合规通过", "compliance passed"),
        ["QualityEvaluated"] = ("质量已评价", "quality evaluated"),
        ["Published"] = ("公示中", "published for objection"),
        ["Objected"] = ("有异议", "objected to"),
        ["Certified"] = ("已确权", "certified"),
        ["Rejected"] = ("已驳回", "rejected"),
        ["Withdrawn"] = ("已撤回", "withdrawn"),
        ["Expired"] = ("证书到期", "certificate expired"),
        ["Revoked"] = ("证书撤销", "certificate revoked"),
        ["Cancelled"] = ("已注销", "cancelled"),
        ["Listed"] = ("在架", "listed"),
        ["Suspended"] = ("暂停", "suspended"),
        ["Delisted"] = ("已下架", "delisted"),
    };

    private static readonly Dictionary<string, (string Zh, string En)> OfDeal = new()
    {
        ["Requested"] = ("已询价", "contract requested"),
        ["Offered"] = ("已报价", "contract offered"),
        ["ContractAccepted"] = ("已接受", "offer accepted"),
        ["Matched"] = ("已成交", "matched"),
        ["Agreed"] = ("已签约", "agreed"),
        ["Verified"] = ("已核验", "verified"),
        ["Finalized"] = ("已生效", "final"),
        ["Registered"] = ("已登记", "registered"),
        ["Overdue"] = ("交付逾期", "delivery overdue"),
        ["Delivered"] = ("已交付", "delivered"),
        ["Disputed"] = ("争议中", "disputed"),
        ["Accepted"] = ("已验收", "accepted"),
        ["Completed"] = ("已完成", "completed"),
        ["Claimed"] = ("追索中", "late claim pending"),
        ["ChargedBack"] = ("已追索退款", "charged back"),
        ["Refunded"] = ("已退款", "refunded"),
        ["Terminated"] = ("已终止", "terminated"),
    };

    private static readonly Dictionary<string, (string Zh, string En)> OfOthers = new()
    {
        ["Valid"] = ("有效", "valid"),
        ["Replaced"] = ("已换证", "replaced by a renewal"),
        ["Expired"] = ("已到期", "expired"),
        ["Revoked"] = ("已撤销", "revoked"),
        ["Cancelled"] = ("已注销", "cancelled"),
        ["Current"] = ("现行版本", "current"),
        ["Superseded"] = ("已被替代", "superseded"),
        ["Issued"] = ("已开具", "issued"),
        ["Anchored"] = ("已上链", "anchored"),
        ["Registered"] = ("已注册", "registered"),
        ["Admitted"] = ("已准入", "admitted as a buyer"),
    };

    /// <summary>A state in both languages.</summary>
    internal static (string Zh, string En) Of(HandleKind kind, string state) => kind switch
    {
        HandleKind.Product => OfProduct[state],
        HandleKind.Deal => OfDeal[state],
        _ => OfOthers[state],
    };
}
