namespace DataExchange.Domain.Settlement;

/// <summary>The buyer's money for a registered deal is in escrow.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">Fen.</param>
/// <param name="Terms">How it will be shared out.</param>
[EventName("escrow_funded")]
public sealed record EscrowFunded(DealId Deal, PartyId Buyer, long AmountFen, DistributionTerms Terms) : Event;

/// <summary>Opens the escrow of a registered deal.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">Fen, above 0.</param>
/// <param name="Terms">How it will be shared out.</param>
public sealed record FundEscrow(DealId Deal, PartyId Buyer, long AmountFen, DistributionTerms Terms) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state) =>
        state.Stage != SettlementStage.None ? Decision.Reject(Rejection.EscrowAlreadyFunded)
        : !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
        : Terms.Problem is { } problem ? Decision.Reject(problem)
        : Decision.Accept(new EscrowFunded(Deal, Buyer, AmountFen, Terms) { At = At, By = By });
}

/// <summary>A contract that is paid off the venue was filed (备案): a memorandum entry, no funds pass through the venue.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
/// <param name="Postings">The memorandum entry.</param>
[EventName("filed_contract_recorded")]
public sealed record FiledContractRecorded(DealId Deal, long AmountFen, IReadOnlyList<Posting> Postings) : Event;

/// <summary>Records a filed contract.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Provider">Who is paid off the venue.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record RecordFiledContract(DealId Deal, PartyId Provider, long AmountFen) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state) =>
        state.Stage != SettlementStage.None ? Decision.Reject(Rejection.EscrowAlreadyFunded)
        : !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
        : Decision.Accept(new FiledContractRecorded(
            Deal, AmountFen, [new Posting(LedgerAccount.FiledContracts, LedgerAccount.FiledProceeds(Provider), AmountFen)]) { At = At, By = By });
}
