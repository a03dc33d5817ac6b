using DataExchange.Cli.Running;
using DataExchange.Domain;

namespace DataExchange.Cli.Commands;

/// <summary>Prints the market's books.</summary>
internal static class LedgerOutput
{
    /// <summary>The trial balance, a row for each group of accounts.</summary>
    public static TextTable Table(IEnumerable<LedgerGroup> groups)
    {
        var table = new TextTable(new("账户 account"), new("accounts", true), new("借 debit, yuan", true), new("贷 credit, yuan", true), new("held, yuan", true));
        foreach (var group in groups)
        {
            table.Add(
                group.Name, $"{group.Accounts:N0}", group.NetDebitFen > 0 ? Yuan(group.NetDebitFen) : "", group.NetDebitFen < 0 ? Yuan(-group.NetDebitFen) : "",
                Yuan(group.HeldFen));
        }

        return table;
    }

    private static string Yuan(long fen) => new Money(fen).ToString();
}
