using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Words;

/// <summary>The terms of order books in words.</summary>
public static class BookWords
{
    /// <summary>A side in words.</summary>
    public static Text Of(BookSide side) => side switch
    {
        BookSide.Buy => new("买", "buy"),
        BookSide.Sell => new("卖", "sell"),
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "no words"),
    };

    /// <summary>A kind of order in words.</summary>
    public static Text Of(BookOrderKind kind) => kind switch
    {
        BookOrderKind.Limit => new("限价", "limit"),
        BookOrderKind.Market => new("市价", "market"),
        BookOrderKind.Stop => new("止损", "stop"),
        BookOrderKind.StopLimit => new("止损限价", "stop-limit"),
        BookOrderKind.Budget => new("限额", "budget"),
        BookOrderKind.Posted => new("挂牌", "posted offer"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no words"),
    };

    /// <summary>How long an order lives, in words.</summary>
    public static Text Of(BookOrderLife life) => life switch
    {
        BookOrderLife.GoodTillCancel => new("撤销前有效", "good till cancelled"),
        BookOrderLife.Day => new("当日有效", "day"),
        BookOrderLife.GoodTillDate => new("限期有效", "good till date"),
        BookOrderLife.ImmediateOrCancel => new("即时成交剩余撤销", "immediate or cancel"),
        BookOrderLife.FillOrKill => new("全部成交或撤销", "fill or kill"),
        _ => throw new ArgumentOutOfRangeException(nameof(life), life, "no words"),
    };

    /// <summary>Where the packs of an ask come from, in words.</summary>
    public static Text Of(PackSupply supply) => supply switch
    {
        PackSupply.Held => new("持有", "held"),
        PackSupply.Issue => new("发行", "issued"),
        _ => throw new ArgumentOutOfRangeException(nameof(supply), supply, "no words"),
    };

    /// <summary>A way to prevent a trade with oneself, in words.</summary>
    public static Text Of(SelfTradePolicy policy) => policy switch
    {
        SelfTradePolicy.CancelNewest => new("自成交时撤新单", "cancel the newest"),
        SelfTradePolicy.CancelOldest => new("自成交时撤旧单", "cancel the oldest"),
        SelfTradePolicy.CancelBoth => new("自成交时双撤", "cancel both"),
        SelfTradePolicy.DecrementAndCancel => new("自成交时对减", "decrement and cancel"),
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "no words"),
    };

    /// <summary>A trading phase in words.</summary>
    public static Text Of(TradingPhase phase) => phase switch
    {
        TradingPhase.Closed => new("休市", "closed"),
        TradingPhase.PreOpen => new("盘前", "pre-open"),
        TradingPhase.Auction => new("集合竞价", "auction"),
        TradingPhase.Continuous => new("连续竞价", "continuous"),
        TradingPhase.Halted => new("临时停牌", "halted"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "no words"),
    };

    /// <summary>Why an order left the book, in words.</summary>
    public static Text Of(BookCancelCause cause) => cause switch
    {
        BookCancelCause.Requested => new("委托方撤单", "asked for by its party"),
        BookCancelCause.NothingLeftToTake => new("无可成交对手盘", "nothing left to take"),
        BookCancelCause.NotFillable => new("无法全部成交", "not fillable in full"),
        BookCancelCause.SelfTrade => new("避免自成交", "would have traded with itself"),
        BookCancelCause.TradingHalted => new("交易临时停牌", "trading halted"),
        BookCancelCause.CapReached => new("发行份额用尽", "no packs left to issue"),
        BookCancelCause.CapacityReached => new("订单簿容量已满", "a bound of the book reached"),
        BookCancelCause.Suspended => new("产品暂停", "product suspended"),
        BookCancelCause.BookClosed => new("订单簿关闭", "book closed for good"),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "no words"),
    };

    /// <summary>An order in a line: side, kind, packs, prices, life, and what is special about it.</summary>
    /// <param name="terms">What it asks for.</param>
    public static Text Of(BookOrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var (side, kind, life) = (Of(terms.Side), Of(terms.Kind), Of(terms.Life));
        var (zh, en) = ($"{side.Zh} {kind.Zh}", $"{side.En} {kind.En}");
        Add(terms.Quantity > 0, $"{terms.Quantity} 包", $"{terms.Quantity} packs");
        Add(terms.BudgetFen > 0, $"预算 {Yuan(terms.BudgetFen)} 元", $"budget {Yuan(terms.BudgetFen)} yuan");
        Add(terms.PriceFen > 0, $"每包 {Yuan(terms.PriceFen)} 元", $"at {Yuan(terms.PriceFen)} yuan");
        Add(terms.StopPriceFen > 0, $"触发价 {Yuan(terms.StopPriceFen)} 元", $"stop {Yuan(terms.StopPriceFen)} yuan");
        Add(true, life.Zh, life.En);
        if (terms.Until is { } until)
        {
            var time = until.ToString()[..19].Replace('T', ' ');
            Add(true, $"至 {time}", $"until {time}");
        }

        Add(terms.DisplayQuantity > 0, $"显示 {terms.DisplayQuantity} 包", $"shows {terms.DisplayQuantity}");
        Add(terms.Supply == PackSupply.Issue, Of(PackSupply.Issue).Zh, Of(PackSupply.Issue).En);
        Add(terms.PostOnly, "仅挂单", "post only");
        Add(terms.SelfTrade != SelfTradePolicy.CancelNewest, Of(terms.SelfTrade).Zh, Of(terms.SelfTrade).En);
        return new(zh, en);

        void Add(bool isGiven, string chinese, string english)
        {
            zh += isGiven ? "，" + chinese : "";
            en += isGiven ? ", " + english : "";
        }
    }

    private static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{new Money(fen)}");
}
