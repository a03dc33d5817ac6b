namespace DataExchange.Domain.Tests.Trading;

internal static class DealDecisions
{
    internal const string Table = """
        command               | None              | Requested                 | Offered                   | ContractAccepted
        RequestContract       | ContractRequested | !NotYourTurn              | ContractRequested         | !DealAlreadyExists
        OfferContract         | !DealNotFound     | ContractOffered           | !NotYourTurn              | !ContractAlreadyAgreed
        AcceptContract        | !DealNotFound     | !NotYourTurn              | ContractAccepted          | !ContractAlreadyAgreed
        TerminateNegotiation  | !DealNotFound     | NegotiationTerminated     | NegotiationTerminated     | NegotiationTerminated
        MatchOrder:shelf      | OrderMatched      | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        MatchOrder:contract   | !DealNotFound     | !ContractNotAgreed        | !ContractNotAgreed        | OrderMatched
        ConfirmTrade          | TradeConfirmed    | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        AgreeContract         | !DealNotFound     | !ContractNotAgreed        | !ContractNotAgreed        | !NoLicenceGranted
        VerifyContract        | !DealNotFound     | !ContractNotAgreed        | !ContractNotAgreed        | !ContractNotAgreed
        FinalizeContract      | !DealNotFound     | !ContractNotAgreed        | !ContractNotAgreed        | !ContractNotAgreed
        RegisterTransaction   | !DealNotFound     | !ContractNotAgreed        | !ContractNotAgreed        | !ContractNotAgreed
        CompleteTransfer      | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportLateDelivery    | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CancelDeal            | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        AcceptDelivery        | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        TimeOutAcceptance     | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseDispute          | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:dismiss | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in part | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in full | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportUsage           | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportRevenue         | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ChargeOverdueRevenue  | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CompleteDeal          | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseClaim            | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:dismiss   | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in part   | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in full   | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered

        command               | Matched                   | Matched:contract          | Agreed                    | Agreed:contract
        RequestContract       | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        AgreeContract         | ContractAgreed            | ContractAgreed            | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        VerifyContract        | !ContractNotAgreed        | !ContractNotAgreed        | ContractVerified          | ContractVerified
        FinalizeContract      | !ContractNotAgreed        | !ContractNotAgreed        | !ContractNotAgreed        | !ContractNotAgreed
        RegisterTransaction   | !ContractNotAgreed        | !ContractNotAgreed        | TransactionRegistered     | !ContractNotAgreed
        CompleteTransfer      | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportLateDelivery    | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CancelDeal            | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        AcceptDelivery        | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        TimeOutAcceptance     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseDispute          | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:dismiss | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in part | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in full | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportUsage           | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportRevenue         | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ChargeOverdueRevenue  | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CompleteDeal          | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseClaim            | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:dismiss   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in part   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in full   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered

        command               | Agreed:traded             | Verified                  | Finalized
        RequestContract       | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        AgreeContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        VerifyContract        | ContractVerified          | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        FinalizeContract      | !ContractNotAgreed        | ContractFinalized         | !ContractAlreadyAgreed
        RegisterTransaction   | TransactionRegistered     | !ContractNotAgreed        | TransactionRegistered
        CompleteTransfer      | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportLateDelivery    | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CancelDeal            | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        AcceptDelivery        | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        TimeOutAcceptance     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseDispute          | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:dismiss | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in part | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideDispute:in full | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportUsage           | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ReportRevenue         | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        ChargeOverdueRevenue  | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        CompleteDeal          | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        RaiseClaim            | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:dismiss   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in part   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered
        DecideClaim:in full   | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered

        command               | Registered                    | Overdue                       | Overdue:filed
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered
        CompleteTransfer      | TransferCompleted             | TransferCompleted             | TransferCompleted
        ReportLateDelivery    | DeliveryLate!DeliveryLate     | !DeliveryLate                 | !DeliveryLate
        CancelDeal            | !DeliveryNotLate              | DealCancelled                 | !FiledOffVenue
        AcceptDelivery        | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        TimeOutAcceptance     | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        RaiseDispute          | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideDispute:dismiss | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideDispute:in part | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideDispute:in full | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        ReportUsage           | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        ReportRevenue         | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        ChargeOverdueRevenue  | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        CompleteDeal          | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        RaiseClaim            | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideClaim:dismiss   | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideClaim:in part   | !NotDelivered                 | !NotDelivered                 | !NotDelivered
        DecideClaim:in full   | !NotDelivered                 | !NotDelivered                 | !NotDelivered

        command               | Delivered                     | Delivered:filed               | Disputed
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered
        CompleteTransfer      | !AlreadyDelivered             | !AlreadyDelivered             | !DisputePending
        ReportLateDelivery    | !AlreadyDelivered             | !AlreadyDelivered             | !DisputePending
        CancelDeal            | !AlreadyDelivered             | !AlreadyDelivered             | !DisputePending
        AcceptDelivery        | DeliveryAccepted              | DeliveryAccepted              | !DisputePending
        TimeOutAcceptance     | AcceptanceTimedOut            | AcceptanceTimedOut            | !DisputePending
        RaiseDispute          | DisputeRaised                 | !FiledOffVenue                | !DisputePending
        DecideDispute:dismiss | !NoDisputePending             | !NoDisputePending             | DisputeDismissed
        DecideDispute:in part | !NoDisputePending             | !NoDisputePending             | DisputeUpheld
        DecideDispute:in full | !NoDisputePending             | !NoDisputePending             | DisputeUpheld
        ReportUsage           | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        ReportRevenue         | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        ChargeOverdueRevenue  | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        CompleteDeal          | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        RaiseClaim            | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        DecideClaim:dismiss   | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        DecideClaim:in part   | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending
        DecideClaim:in full   | !AcceptancePeriodRunning      | !AcceptancePeriodRunning      | !DisputePending

        command               | Disputed:call pack            | Accepted                      | Accepted:call pack
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered
        CompleteTransfer      | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        ReportLateDelivery    | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        CancelDeal            | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        AcceptDelivery        | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        TimeOutAcceptance     | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        RaiseDispute          | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        DecideDispute:dismiss | DisputeDismissed              | !NoDisputePending             | !NoDisputePending
        DecideDispute:in part | !RefundInvalid                | !NoDisputePending             | !NoDisputePending
        DecideDispute:in full | !RefundInvalid                | !NoDisputePending             | !NoDisputePending
        ReportUsage           | !DisputePending               | !NotMetered                   | UsageReported
        ReportRevenue         | !DisputePending               | !RevenuePeriodBeyondTerms     | !RevenuePeriodBeyondTerms
        ChargeOverdueRevenue  | !DisputePending               | !RevenuePeriodBeyondTerms     | !RevenuePeriodBeyondTerms
        CompleteDeal          | !DisputePending               | DealCompleted                 | DealCompleted
        RaiseClaim            | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        DecideClaim:dismiss   | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        DecideClaim:in part   | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted
        DecideClaim:in full   | !DisputePending               | !AlreadyAccepted              | !AlreadyAccepted

        command               | Completed          | Refunded           | Terminated
        RequestContract       | !DealAlreadyExists | !DealAlreadyExists | !DealAlreadyExists
        OfferContract         | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        AcceptContract        | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        TerminateNegotiation  | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        MatchOrder:shelf      | !DealAlreadyExists | !DealAlreadyExists | !DealAlreadyExists
        MatchOrder:contract   | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        ConfirmTrade          | !DealAlreadyExists | !DealAlreadyExists | !DealAlreadyExists
        AgreeContract         | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        VerifyContract        | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        FinalizeContract      | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        RegisterTransaction   | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        CompleteTransfer      | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        ReportLateDelivery    | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        CancelDeal            | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        AcceptDelivery        | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        TimeOutAcceptance     | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        RaiseDispute          | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        DecideDispute:dismiss | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        DecideDispute:in part | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        DecideDispute:in full | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        ReportUsage           | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        ReportRevenue         | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        ChargeOverdueRevenue  | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        CompleteDeal          | !DealCompleted     | !DisputeWasUpheld  | !DealTerminated
        RaiseClaim            | !NoLateClaim       | !DisputeWasUpheld  | !DealTerminated
        DecideClaim:dismiss   | !NoClaimPending    | !DisputeWasUpheld  | !DealTerminated
        DecideClaim:in part   | !NoClaimPending    | !DisputeWasUpheld  | !DealTerminated
        DecideClaim:in full   | !NoClaimPending    | !DisputeWasUpheld  | !DealTerminated

        command               | Completed:claimable | Claimed            | ChargedBack
        RequestContract       | !DealAlreadyExists  | !DealAlreadyExists | !DealAlreadyExists
        OfferContract         | !DealCompleted      | !ClaimPending      | !DealChargedBack
        AcceptContract        | !DealCompleted      | !ClaimPending      | !DealChargedBack
        TerminateNegotiation  | !DealCompleted      | !ClaimPending      | !DealChargedBack
        MatchOrder:shelf      | !DealAlreadyExists  | !DealAlreadyExists | !DealAlreadyExists
        MatchOrder:contract   | !DealCompleted      | !ClaimPending      | !DealChargedBack
        ConfirmTrade          | !DealAlreadyExists  | !DealAlreadyExists | !DealAlreadyExists
        AgreeContract         | !DealCompleted      | !ClaimPending      | !DealChargedBack
        VerifyContract        | !DealCompleted      | !ClaimPending      | !DealChargedBack
        FinalizeContract      | !DealCompleted      | !ClaimPending      | !DealChargedBack
        RegisterTransaction   | !DealCompleted      | !ClaimPending      | !DealChargedBack
        CompleteTransfer      | !DealCompleted      | !ClaimPending      | !DealChargedBack
        ReportLateDelivery    | !DealCompleted      | !ClaimPending      | !DealChargedBack
        CancelDeal            | !DealCompleted      | !ClaimPending      | !DealChargedBack
        AcceptDelivery        | !DealCompleted      | !ClaimPending      | !DealChargedBack
        TimeOutAcceptance     | !DealCompleted      | !ClaimPending      | !DealChargedBack
        RaiseDispute          | !DealCompleted      | !ClaimPending      | !DealChargedBack
        DecideDispute:dismiss | !DealCompleted      | !ClaimPending      | !DealChargedBack
        DecideDispute:in part | !DealCompleted      | !ClaimPending      | !DealChargedBack
        DecideDispute:in full | !DealCompleted      | !ClaimPending      | !DealChargedBack
        ReportUsage           | !DealCompleted      | !ClaimPending      | !DealChargedBack
        ReportRevenue         | !DealCompleted      | !ClaimPending      | !DealChargedBack
        ChargeOverdueRevenue  | !DealCompleted      | !ClaimPending      | !DealChargedBack
        CompleteDeal          | !DealCompleted      | !ClaimPending      | !DealChargedBack
        RaiseClaim            | ClaimRaised         | !ClaimPending      | !DealChargedBack
        DecideClaim:dismiss   | !NoClaimPending     | ClaimDismissed     | !DealChargedBack
        DecideClaim:in part   | !NoClaimPending     | ClaimUpheld        | !DealChargedBack
        DecideClaim:in full   | !NoClaimPending     | ClaimUpheld        | !DealChargedBack

        command               | Accepted:revenue
        RequestContract       | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed
        ConfirmTrade          | !DealAlreadyExists
        AgreeContract         | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered
        CompleteTransfer      | !AlreadyAccepted
        ReportLateDelivery    | !AlreadyAccepted
        CancelDeal            | !AlreadyAccepted
        AcceptDelivery        | !AlreadyAccepted
        TimeOutAcceptance     | !AlreadyAccepted
        RaiseDispute          | !AlreadyAccepted
        DecideDispute:dismiss | !NoDisputePending
        DecideDispute:in part | !NoDisputePending
        DecideDispute:in full | !NoDisputePending
        ReportUsage           | !NotMetered
        ReportRevenue         | RevenueReported
        ChargeOverdueRevenue  | RevenueOverdue
        CompleteDeal          | DealCompleted
        RaiseClaim            | !AlreadyAccepted
        DecideClaim:dismiss   | !AlreadyAccepted
        DecideClaim:in part   | !AlreadyAccepted
        DecideClaim:in full   | !AlreadyAccepted
        """;
}
