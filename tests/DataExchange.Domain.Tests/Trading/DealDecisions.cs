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
        CompleteDeal          | !DealNotFound     | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered

        command               | Matched                   | Matched:contract          | Agreed                    | Agreed:contract
        RequestContract       | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
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
        CompleteDeal          | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered | !TransactionNotRegistered

        command               | Verified                  | Finalized                 | Registered
        RequestContract       | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists        | !DealAlreadyExists        | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        AgreeContract         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed    | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        FinalizeContract      | ContractFinalized         | !ContractAlreadyAgreed    | !ContractAlreadyAgreed
        RegisterTransaction   | !ContractNotAgreed        | TransactionRegistered     | !TransactionAlreadyRegistered
        CompleteTransfer      | !TransactionNotRegistered | !TransactionNotRegistered | TransferCompleted
        ReportLateDelivery    | !TransactionNotRegistered | !TransactionNotRegistered | DeliveryLate!DeliveryLate
        CancelDeal            | !TransactionNotRegistered | !TransactionNotRegistered | !DeliveryNotLate
        AcceptDelivery        | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        TimeOutAcceptance     | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        RaiseDispute          | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        DecideDispute:dismiss | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        DecideDispute:in part | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        DecideDispute:in full | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        ReportUsage           | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered
        CompleteDeal          | !TransactionNotRegistered | !TransactionNotRegistered | !NotDelivered

        command               | Overdue                       | Overdue:filed                 | Delivered
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered
        CompleteTransfer      | TransferCompleted             | TransferCompleted             | !AlreadyDelivered
        ReportLateDelivery    | !DeliveryLate                 | !DeliveryLate                 | !AlreadyDelivered
        CancelDeal            | DealCancelled                 | !FiledOffVenue                | !AlreadyDelivered
        AcceptDelivery        | !NotDelivered                 | !NotDelivered                 | DeliveryAccepted
        TimeOutAcceptance     | !NotDelivered                 | !NotDelivered                 | AcceptanceTimedOut
        RaiseDispute          | !NotDelivered                 | !NotDelivered                 | DisputeRaised
        DecideDispute:dismiss | !NotDelivered                 | !NotDelivered                 | !NoDisputePending
        DecideDispute:in part | !NotDelivered                 | !NotDelivered                 | !NoDisputePending
        DecideDispute:in full | !NotDelivered                 | !NotDelivered                 | !NoDisputePending
        ReportUsage           | !NotDelivered                 | !NotDelivered                 | !AcceptancePeriodRunning
        CompleteDeal          | !NotDelivered                 | !NotDelivered                 | !AcceptancePeriodRunning

        command               | Delivered:filed               | Disputed                      | Disputed:call pack
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered
        CompleteTransfer      | !AlreadyDelivered             | !DisputePending               | !DisputePending
        ReportLateDelivery    | !AlreadyDelivered             | !DisputePending               | !DisputePending
        CancelDeal            | !AlreadyDelivered             | !DisputePending               | !DisputePending
        AcceptDelivery        | DeliveryAccepted              | !DisputePending               | !DisputePending
        TimeOutAcceptance     | AcceptanceTimedOut            | !DisputePending               | !DisputePending
        RaiseDispute          | !FiledOffVenue                | !DisputePending               | !DisputePending
        DecideDispute:dismiss | !NoDisputePending             | DisputeDismissed              | DisputeDismissed
        DecideDispute:in part | !NoDisputePending             | DisputeUpheld                 | !RefundInvalid
        DecideDispute:in full | !NoDisputePending             | DisputeUpheld                 | !RefundInvalid
        ReportUsage           | !AcceptancePeriodRunning      | !DisputePending               | !DisputePending
        CompleteDeal          | !AcceptancePeriodRunning      | !DisputePending               | !DisputePending

        command               | Accepted                      | Accepted:call pack            | Completed          | Refunded
        RequestContract       | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists | !DealAlreadyExists
        OfferContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        AcceptContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        TerminateNegotiation  | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        MatchOrder:shelf      | !DealAlreadyExists            | !DealAlreadyExists            | !DealAlreadyExists | !DealAlreadyExists
        MatchOrder:contract   | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        AgreeContract         | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        VerifyContract        | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        FinalizeContract      | !ContractAlreadyAgreed        | !ContractAlreadyAgreed        | !DealCompleted     | !DisputeWasUpheld
        RegisterTransaction   | !TransactionAlreadyRegistered | !TransactionAlreadyRegistered | !DealCompleted     | !DisputeWasUpheld
        CompleteTransfer      | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        ReportLateDelivery    | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        CancelDeal            | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        AcceptDelivery        | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        TimeOutAcceptance     | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        RaiseDispute          | !AlreadyAccepted              | !AlreadyAccepted              | !DealCompleted     | !DisputeWasUpheld
        DecideDispute:dismiss | !NoDisputePending             | !NoDisputePending             | !DealCompleted     | !DisputeWasUpheld
        DecideDispute:in part | !NoDisputePending             | !NoDisputePending             | !DealCompleted     | !DisputeWasUpheld
        DecideDispute:in full | !NoDisputePending             | !NoDisputePending             | !DealCompleted     | !DisputeWasUpheld
        ReportUsage           | !NotMetered                   | UsageReported                 | !DealCompleted     | !DisputeWasUpheld
        CompleteDeal          | DealCompleted                 | DealCompleted                 | !DealCompleted     | !DisputeWasUpheld

        command               | Terminated
        RequestContract       | !DealAlreadyExists
        OfferContract         | !DealTerminated
        AcceptContract        | !DealTerminated
        TerminateNegotiation  | !DealTerminated
        MatchOrder:shelf      | !DealAlreadyExists
        MatchOrder:contract   | !DealTerminated
        AgreeContract         | !DealTerminated
        VerifyContract        | !DealTerminated
        FinalizeContract      | !DealTerminated
        RegisterTransaction   | !DealTerminated
        CompleteTransfer      | !DealTerminated
        ReportLateDelivery    | !DealTerminated
        CancelDeal            | !DealTerminated
        AcceptDelivery        | !DealTerminated
        TimeOutAcceptance     | !DealTerminated
        RaiseDispute          | !DealTerminated
        DecideDispute:dismiss | !DealTerminated
        DecideDispute:in part | !DealTerminated
        DecideDispute:in full | !DealTerminated
        ReportUsage           | !DealTerminated
        CompleteDeal          | !DealTerminated
        """;
}
