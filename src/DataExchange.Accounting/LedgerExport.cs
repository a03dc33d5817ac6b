using System.Globalization;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Accounting;

/// <summary>A format that the ledger can be written in.</summary>
public enum LedgerFormat
{
    /// <summary>A journal for hledger.</summary>
    Hledger,

    /// <summary>A journal for ledger.</summary>
    Ledger,

    /// <summary>A file for beancount.</summary>
    Beancount,

    /// <summary>A table of all transfers, for spreadsheets and programs.</summary>
    Csv,
}

/// <summary>What a ledger was written as.</summary>
/// <param name="Entries">Entries; of CSV the transfers.</param>
/// <param name="Accounts">Accounts in it.</param>
public sealed record LedgerExportResult(long Entries, int Accounts);

/// <summary>
/// Writes the market's ledger for other tools. Each journal declares its accounts and commodities, and ends with what every account must come
/// to (an assertion that the tool itself checks). docs/ledger.md describes the forms.
/// </summary>
public static class LedgerExport
{
    /// <summary>Writes it.</summary>
    /// <param name="ledger">The books.</param>
    /// <param name="format">The format.</param>
    /// <param name="title">What the run was; one line for the head of the file.</param>
    /// <param name="output">Where to; UTF-8 with line feeds.</param>
    /// <param name="cancellation">Stops it.</param>
    public static LedgerExportResult Write(MarketLedger ledger, LedgerFormat format, string title, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(output);
        return format switch
        {
            LedgerFormat.Hledger => new PlainTextJournal(ledger, output, isHledger: true).Write(title, cancellation),
            LedgerFormat.Ledger => new PlainTextJournal(ledger, output, isHledger: false).Write(title, cancellation),
            LedgerFormat.Beancount => new BeancountFile(ledger, output).Write(title, cancellation),
            LedgerFormat.Csv => TransferTable.Write(ledger, output, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
        };
    }

    /// <summary>Writes an amount: yuan with two digits after the point, or whole units.</summary>
    internal static void WriteAmount(TextWriter output, Commodity commodity, long amount)
    {
        if (commodity.Product != 0)
        {
            output.Write(amount.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var fen = Int128.Abs(amount);
        output.Write(amount < 0 ? "-" : "");
        output.Write((fen / 100).ToString(CultureInfo.InvariantCulture));
        output.Write('.');
        output.Write(((int)(fen % 100)).ToString("00", CultureInfo.InvariantCulture));
    }

    /// <summary>What an entry is for, in words.</summary>
    internal static string WordsOf(LedgerCode code) => code switch
    {
        LedgerCode.Deposit => "Deposit 入金",
        LedgerCode.Hold => "Hold for a deal 冻结",
        LedgerCode.OrderHold => "Hold for an order 委托冻结",
        LedgerCode.BidHold => "Hold for a bid 竞价冻结",
        LedgerCode.Forfeit => "Deposit forfeited 没收保证金",
        LedgerCode.Release => "Release 解冻",
        LedgerCode.Escrow => "Into escrow 转入托管",
        LedgerCode.Tax or LedgerCode.Fee or LedgerCode.ProviderShare or LedgerCode.ContributorShare => "Settlement 结算分配",
        LedgerCode.Refund => "Refund 退款",
        LedgerCode.FiledContract => "Filed contract, paid off the venue 备案合同",
        LedgerCode.Payout => "Payout 出金",
        LedgerCode.Chargeback => "Chargeback 追回",
        LedgerCode.Offset => "Debt kept back 抵扣欠款",
        LedgerCode.Advance => "Advance 垫付",
        LedgerCode.Closing => "Closing of the year 年度结转",
        LedgerCode.Issue => "Licences issued 许可发放",
        LedgerCode.Resale => "Packs traded 许可转让",
        LedgerCode.Use => "Packs redeemed 许可核销",
        LedgerCode.Revocation => "Licence revoked 许可撤销",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "no words for this code"),
    };
}
