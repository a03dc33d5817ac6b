using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Reports.Words;

/// <summary>Every event in a few words.</summary>
public static class EventWords
{
    private static readonly FrozenDictionary<Type, Text> Words = new Dictionary<Type, Text>
    {
        [typeof(PartyRegistered)] = new("主体登记", "Party registered"),
        [typeof(FingerprintClaimed)] = new("内容指纹占用", "Content fingerprint claimed"),
        [typeof(ProductRegistered)] = new("产品登记申请", "Product registered"),
        [typeof(RegistrationRefused)] = new("登记被拒", "Registration refused"),
        [typeof(EvidenceSubmitted)] = new("提交证明材料", "Evidence submitted"),
        [typeof(ApplicationAccepted)] = new("受理申请", "Application accepted"),
        [typeof(CompliancePassed)] = new("合规评估通过", "Compliance passed"),
        [typeof(ComplianceReturned)] = new("合规评估退回补正", "Returned for correction"),
        [typeof(ComplianceRejected)] = new("合规评估驳回", "Compliance rejected"),
        [typeof(QualityEvaluated)] = new("质量评价", "Quality evaluated"),
        [typeof(RightsPublished)] = new("确权公示", "Rights published for objection"),
        [typeof(ObjectionRaised)] = new("提出异议", "Objection raised"),
        [typeof(ObjectionUpheld)] = new("异议成立", "Objection upheld"),
        [typeof(ObjectionDismissed)] = new("异议驳回", "Objection dismissed"),
        [typeof(RightsCertified)] = new("确权发证", "Rights certified"),
        [typeof(CertificateRenewed)] = new("证书续期", "Certificate renewed"),
        [typeof(CertificateExpired)] = new("证书到期", "Certificate expired"),
        [typeof(CertificateRevoked)] = new("证书撤销", "Certificate revoked"),
        [typeof(RegistrationCancelled)] = new("登记注销", "Registration cancelled"),
        [typeof(ApplicationWithdrawn)] = new("撤回申请", "Application withdrawn"),
        [typeof(RightsTransferred)] = new("权利转让", "Rights transferred"),
        [typeof(RightsLicensed)] = new("权利许可", "Rights licensed"),
        [typeof(RegistrationCorrected)] = new("登记更正", "Registration corrected"),
        [typeof(ProductRevised)] = new("变更登记", "Product revised"),
        [typeof(RevisionRefused)] = new("变更登记被拒", "Revision refused"),
        [typeof(SandboxAdmitted)] = new("纳入改革沙盒", "Admitted to the sandbox"),
        [typeof(SandboxExtended)] = new("放宽沙盒条件", "Sandbox conditions loosened"),
        [typeof(SandboxEnded)] = new("退出改革沙盒", "Trial in the sandbox ended"),
        [typeof(PricingOpened)] = new("开启定价", "Pricing opened"),
        [typeof(PricingClosed)] = new("关闭定价", "Pricing closed"),
        [typeof(AuthorityCapSet)] = new("核定最高限价", "Authority set a price cap"),
        [typeof(ProductValued)] = new("估值", "Product valued"),
        [typeof(PriceSet)] = new("定价", "Price set"),
        [typeof(PriceRefused)] = new("定价被拒", "Price refused"),
        [typeof(CertificateNoted)] = new("场所记载证书", "Certificate noted by the shelf"),
        [typeof(CertificateLapseNoted)] = new("场所记载证书失效", "Certificate's lapse noted by the shelf"),
        [typeof(PriceNoted)] = new("场所记载价格", "Price noted by the shelf"),
        [typeof(ProductListed)] = new("上架", "Listed"),
        [typeof(ListingRefused)] = new("上架被拒", "Listing refused"),
        [typeof(ListingSuspended)] = new("暂停上架", "Listing suspended"),
        [typeof(ListingResumed)] = new("恢复上架", "Listing resumed"),
        [typeof(ProductDelisted)] = new("下架", "Delisted"),
        [typeof(ViewsRecorded)] = new("浏览计数", "Views recorded"),
        [typeof(BuyerAdmitted)] = new("买方准入", "Buyer admitted"),
        [typeof(OfferOpened)] = new("开放出售", "Offer opened"),
        [typeof(OfferTermsChanged)] = new("出售条款变更", "Offer's terms changed"),
        [typeof(OfferExtended)] = new("出售延期", "Offer extended"),
        [typeof(OfferVersionChanged)] = new("出售版本变更", "Offer's version changed"),
        [typeof(TrialOpened)] = new("开放试点交易", "Trial sale opened"),
        [typeof(TrialExtended)] = new("放宽试点交易", "Trial sale extended"),
        [typeof(TrialClosed)] = new("关闭试点交易", "Trial sale closed"),
        [typeof(OfferSuspended)] = new("暂停出售", "Offer suspended"),
        [typeof(OfferResumed)] = new("恢复出售", "Offer resumed"),
        [typeof(OfferClosed)] = new("关闭出售", "Offer closed"),
        [typeof(OfferWithdrawn)] = new("撤回出售", "Offer withdrawn"),
        [typeof(LicenceGranted)] = new("授予许可", "Licence granted"),
        [typeof(LicenceRevoked)] = new("收回许可", "Licence taken back"),
        [typeof(OrderRejected)] = new("订单被拒", "Order rejected"),
        [typeof(PacksAllotted)] = new("划出撮合交易份额", "Packs set aside for an order book"),
        [typeof(BookOpened)] = new("订单簿开立", "Order book opened"),
        [typeof(BookExtended)] = new("订单簿延期", "Order book extended"),
        [typeof(BookSuspended)] = new("订单簿暂停", "Order book suspended"),
        [typeof(BookResumed)] = new("订单簿恢复", "Order book resumed"),
        [typeof(BookClosed)] = new("订单簿关闭", "Order book closed for good"),
        [typeof(BookPhaseChanged)] = new("交易阶段变更", "Trading phase changed"),
        [typeof(BookHalted)] = new("临时停牌", "Trading halted"),
        [typeof(BookUncrossed)] = new("集合竞价成交价", "Auction found its price"),
        [typeof(BookOrderEntered)] = new("委托进入订单簿", "Order entered the book"),
        [typeof(BookOrderRefused)] = new("委托被拒", "Order refused by the book"),
        [typeof(BookOrderTriggered)] = new("止损委托触发", "Stop order triggered"),
        [typeof(BookOrderCancelled)] = new("委托撤销", "Order cancelled"),
        [typeof(BookOrderExpired)] = new("委托到期", "Order expired"),
        [typeof(BookOrderReduced)] = new("委托减量", "Order reduced"),
        [typeof(PacksTraded)] = new("撮合成交", "Packs traded"),
        [typeof(PacksRedeemed)] = new("兑用调用包", "Packs redeemed"),
        [typeof(TradeConfirmed)] = new("成交确认", "Trade confirmed"),
        [typeof(ContractRequested)] = new("询约", "Contract requested"),
        [typeof(ContractOffered)] = new("报价", "Contract offered"),
        [typeof(ContractAccepted)] = new("接受报价", "Offer accepted"),
        [typeof(NegotiationTerminated)] = new("谈判终止", "Negotiation terminated"),
        [typeof(OrderMatched)] = new("订单匹配", "Order matched"),
        [typeof(ContractAgreed)] = new("达成合同", "Contract agreed"),
        [typeof(ContractVerified)] = new("合同核验", "Contract verified"),
        [typeof(ContractFinalized)] = new("合同定稿", "Contract finalized"),
        [typeof(TransactionRegistered)] = new("交易登记", "Transaction registered"),
        [typeof(DeliveryLate)] = new("交付逾期", "Delivery late"),
        [typeof(TransferCompleted)] = new("交付完成", "Delivered"),
        [typeof(DeliveryAccepted)] = new("验收通过", "Delivery accepted"),
        [typeof(AcceptanceTimedOut)] = new("逾期视为验收", "Accepted by lapse of time"),
        [typeof(DisputeRaised)] = new("提出争议", "Dispute raised"),
        [typeof(DisputeUpheld)] = new("争议成立", "Dispute upheld"),
        [typeof(DisputeDismissed)] = new("争议驳回", "Dispute dismissed"),
        [typeof(DealCancelled)] = new("交易取消", "Deal cancelled"),
        [typeof(UsageReported)] = new("用量上报", "Usage reported"),
        [typeof(UsageRefused)] = new("超范围使用被拒", "Use refused"),
        [typeof(DealCompleted)] = new("交易完成", "Deal completed"),
        [typeof(FundsDeposited)] = new("存入资金", "Funds deposited"),
        [typeof(FundsHeld)] = new("冻结资金", "Funds held"),
        [typeof(HoldRefused)] = new("冻结被拒", "Hold refused"),
        [typeof(HoldReleased)] = new("解冻资金", "Hold released"),
        [typeof(HoldCaptured)] = new("划转冻结资金", "Hold captured"),
        [typeof(OrderFundsHeld)] = new("冻结委托资金", "Funds held for an order"),
        [typeof(OrderFundsRefused)] = new("委托资金冻结被拒", "Funds for an order refused"),
        [typeof(OrderFundsReleased)] = new("解冻委托资金", "Order's funds released"),
        [typeof(OrderFundsAllotted)] = new("委托资金转入交易", "Order's funds allotted to a deal"),
        [typeof(RefundCredited)] = new("退款入账", "Refund credited"),
        [typeof(EscrowFunded)] = new("托管到位", "Escrow funded"),
        [typeof(FiledContractRecorded)] = new("备案合同入账", "Filed contract recorded"),
        [typeof(DealSettled)] = new("结算分配", "Deal settled"),
        [typeof(PeriodSettled)] = new("分期结算", "Period settled"),
        [typeof(DealRefunded)] = new("退款", "Refunded"),
        [typeof(DataInvoiceIssued)] = new("开具数据发票", "Data invoice issued"),
        [typeof(InvoiceAnchored)] = new("发票上链存证", "Invoice anchored in the chain"),
        [typeof(LogOpened)] = new("开立存证日志", "Log opened"),
        [typeof(LogKeyRotated)] = new("更换日志密钥", "Log key rotated"),
        [typeof(TreeHeadPublished)] = new("公布日志树头", "Tree head published"),
        [typeof(TreeHeadAnchored)] = new("锚定对方树头", "Other venue's tree head anchored"),
    }.ToFrozenDictionary();

    /// <summary>A type of event in words.</summary>
    /// <exception cref="KeyNotFoundException">No words are known for it.</exception>
    public static Text Of(Type eventType) => Words[eventType];

    /// <summary>An event in words.</summary>
    /// <exception cref="KeyNotFoundException">No words are known for its type.</exception>
    public static Text Of(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Of(@event.GetType());
    }
}
