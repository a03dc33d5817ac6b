using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Words;

/// <summary>The domain's terms in words.</summary>
public static class Terms
{
    /// <summary>A product form in words.</summary>
    public static Text Of(ProductForm form) => form switch
    {
        ProductForm.Api => new("数据接口", "API"),
        ProductForm.Report => new("数据报告", "Report"),
        ProductForm.Application => new("数据应用", "Application"),
        ProductForm.Dataset => new("数据集", "Dataset"),
        ProductForm.Model => new("数据模型", "Model"),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no words"),
    };

    /// <summary>A licence kind in words.</summary>
    public static Text Of(LicenceKind licence) => licence switch
    {
        LicenceKind.OpenEnded => new("非独家、不限期", "Non-exclusive, open-ended"),
        LicenceKind.Capped => new("限量", "Capped"),
        LicenceKind.Exclusive => new("独家", "Exclusive"),
        LicenceKind.Subscription => new("订阅", "Subscription"),
        LicenceKind.CallPack => new("调用包", "Call pack"),
        _ => throw new ArgumentOutOfRangeException(nameof(licence), licence, "no words"),
    };

    /// <summary>A unit of price in words.</summary>
    public static Text Of(PriceUnit unit) => unit switch
    {
        PriceUnit.PerLicence => new("一次性", "one-off"),
        PriceUnit.PerCall => new("按次", "per call"),
        PriceUnit.PerMonth => new("按月", "per month"),
        PriceUnit.Negotiated => new("面议", "negotiated"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "no words"),
    };

    /// <summary>A version of lower quality in words.</summary>
    public static Text Of(DegradedVersion version) => version.Degradation switch
    {
        Degradation.Sampled => new($"抽样版（{version.Degree} 取 1）", $"sampled, 1 of {version.Degree}"),
        Degradation.Delayed => new($"延时版（{version.Degree} 天）", $"delayed by {version.Degree} days"),
        Degradation.Aggregated => new($"汇总版（{version.Degree} 合 1）", $"aggregated, {version.Degree} to 1"),
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "no words"),
    };

    /// <summary>A share of revenue in words.</summary>
    public static Text Of(RevenueShareTerms revenue) => new(
        $"收益分成：{revenue.Periods} 期（每期 {RevenueShareTerms.PeriodDays} 天），每期收益的 {revenue.ShareBasisPoints / 100m:0.##}%，合计至多 {new Money(revenue.CapFen)} 元；期满后 {revenue.ReportDays} 天内上报，逾期按上限计收",
        $"share of revenue: {revenue.ShareBasisPoints / 100m:0.##} % of what the buyer earns in each of {revenue.Periods} periods of {RevenueShareTerms.PeriodDays} days, at most {new Money(revenue.CapFen)} yuan in all; reported within {revenue.ReportDays} days, else charged at the cap");

    /// <summary>A trade channel in words.</summary>
    public static Text Of(TradeChannel channel) => channel switch
    {
        TradeChannel.Shelf => new("货架", "Shelf"),
        TradeChannel.RegisteredContract => new("协议登记", "Registered contract"),
        TradeChannel.FiledContract => new("备案合同", "Filed contract"),
        TradeChannel.OrderBook => new("撮合交易", "Order book"),
        TradeChannel.Auction => new("竞价交易", "Auction"),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "no words"),
    };

    /// <summary>A security class in words.</summary>
    public static Text Of(SecurityClass security) => security switch
    {
        SecurityClass.General => new("一般数据", "general data"),
        SecurityClass.Important => new("重要数据", "important data"),
        SecurityClass.Core => new("核心数据", "core data"),
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, "no words"),
    };

    /// <summary>A reason for leaving the shelf in words.</summary>
    public static Text Of(DelistingReason reason) => reason switch
    {
        DelistingReason.ProviderRequest => new("提供方申请", "at the provider's wish"),
        DelistingReason.CertificateLapsed => new("证书失效", "certificate lapsed"),
        DelistingReason.ExclusiveLicenceSold => new("独家许可已售出", "exclusive licence sold"),
        DelistingReason.VenueOrder => new("场所责令", "by order of the venue"),
        DelistingReason.HolderChanged => new("持证人变更", "holder changed"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no words"),
    };

    /// <summary>Why a requirement lapsed, in words.</summary>
    public static Text Of(LapseReason reason) => reason switch
    {
        LapseReason.NotAnswered => new("未获答复", "not answered"),
        LapseReason.NothingFitting => new("货架上没有相符产品", "nothing fitting on the shelf"),
        LapseReason.TooDear => new("超出预算", "too dear"),
        LapseReason.NothingGoodEnough => new("质量不达要求", "nothing good enough"),
        LapseReason.NotTaken => new("未选用推荐产品", "none of the proposed taken"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no words"),
    };

    /// <summary>How far a requirement has come, in words.</summary>
    public static Text Of(RequirementStage stage) => stage switch
    {
        RequirementStage.None => new("无", "none"),
        RequirementStage.Posted => new("已发布", "posted"),
        RequirementStage.Answered => new("已答复", "answered"),
        RequirementStage.Met => new("已达成", "met"),
        RequirementStage.Lapsed => new("未达成", "lapsed"),
        RequirementStage.Withdrawn => new("已撤回", "withdrawn"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no words"),
    };

    /// <summary>A place on the shelf in words.</summary>
    public static Text Of(ShelfStatus status) => status switch
    {
        ShelfStatus.NotListed => new("未上架", "Not listed"),
        ShelfStatus.Listed => new("在架", "Listed"),
        ShelfStatus.Suspended => new("暂停", "Suspended"),
        ShelfStatus.Delisted => new("已下架", "Delisted"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no words"),
    };

    /// <summary>How a trial in the sandbox ended, in words; null for one whose end is not recorded.</summary>
    public static Text Of(SandboxEnd? end) => end switch
    {
        null => new("试点中", "on trial"),
        SandboxEnd.Expired => new("到期", "expired"),
        SandboxEnd.VenueOrder => new("场所提前终止", "ended by the venue"),
        SandboxEnd.ApplicationEnded => new("申请终止", "application ended"),
        SandboxEnd.Graduated => new("取得证书，转入常规交易", "graduated: certified"),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no words"),
    };

    /// <summary>A stage of a deal in words.</summary>
    public static Text Of(DealStage stage) => stage switch
    {
        DealStage.None => new("无", "None"),
        DealStage.Requested => new("询约", "Requested"),
        DealStage.Offered => new("报价", "Offered"),
        DealStage.ContractAccepted => new("接受", "Accepted offer"),
        DealStage.Matched => new("成交匹配", "Matched"),
        DealStage.Agreed => new("达成合同", "Agreed"),
        DealStage.Verified => new("核验", "Verified"),
        DealStage.Finalized => new("定稿", "Finalized"),
        DealStage.Registered => new("已登记", "Registered"),
        DealStage.Overdue => new("交付逾期", "Overdue"),
        DealStage.Delivered => new("已交付", "Delivered"),
        DealStage.Disputed => new("争议中", "Disputed"),
        DealStage.Accepted => new("已验收", "Accepted"),
        DealStage.Completed => new("已完成", "Completed"),
        DealStage.Refunded => new("已退款", "Refunded"),
        DealStage.Terminated => new("已终止", "Terminated"),
        DealStage.Claimed => new("追索中", "Late claim pending"),
        DealStage.ChargedBack => new("已追回", "Charged back"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no words"),
    };

    /// <summary>An approach to valuation in words.</summary>
    public static Text Of(ValuationApproach approach) => approach switch
    {
        ValuationApproach.Cost => new("成本法", "cost"),
        ValuationApproach.Income => new("收益法", "income"),
        ValuationApproach.Market => new("市场法", "market"),
        _ => throw new ArgumentOutOfRangeException(nameof(approach), approach, "no words"),
    };

    /// <summary>A set of rights in words.</summary>
    public static Text Of(DataRights rights) => Join(
        (rights.HasFlag(DataRights.ResourceHolding), new("持有权", "resource holding")),
        (rights.HasFlag(DataRights.ProcessingAndUse), new("加工使用权", "processing and use")),
        (rights.HasFlag(DataRights.ProductOperation), new("经营权", "product operation")));

    /// <summary>A set of proofs in words.</summary>
    public static Text Of(EvidenceKinds evidence) => Join(
        (evidence.HasFlag(EvidenceKinds.LawfulSource), new("来源合法证明", "lawful source")),
        (evidence.HasFlag(EvidenceKinds.PersonalConsent), new("个人授权同意", "personal consent")),
        (evidence.HasFlag(EvidenceKinds.SecurityAssessment), new("安全评估", "security assessment")),
        (evidence.HasFlag(EvidenceKinds.OperationAuthorisation), new("授权运营协议", "operation authorisation")));

    private static Text Join(params ReadOnlySpan<(bool Is, Text Word)> words)
    {
        var zh = "";
        var en = "";
        foreach (var (present, word) in words)
        {
            if (present)
            {
                zh += (zh.Length == 0 ? "" : "、") + word.Zh;
                en += (en.Length == 0 ? "" : ", ") + word.En;
            }
        }

        return zh.Length == 0 ? new("无", "none") : new(zh, en);
    }
}
