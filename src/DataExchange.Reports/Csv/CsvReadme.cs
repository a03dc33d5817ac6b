using System.Text;

namespace DataExchange.Reports.Csv;

/// <summary>Says what is in the CSV files, made from the very columns that are written.</summary>
internal static class CsvReadme
{
    internal static string Text()
    {
        var text = new StringBuilder(
            "Files of a simulated market report. None of it is a record of real trade.\n"
            + "CSV after RFC 4180, UTF-8 with byte order mark, comma, CRLF. Times are ISO 8601 with the offset of China (+08:00).\n"
            + "Amounts are whole fen (1/100 yuan); columns that hold them end in _fen. An empty field means: none.\n");
        Add(text, "deals.csv", "The deal register: one row a deal, in the order in which the deals ended.", Columns.Deals);
        Add(text, "shelf.csv", "The shelves: one row a product and venue.", Columns.Shelf);
        Add(text, "products.csv", "The products: one row a product that was applied for.", Columns.Products);
        Add(text, "venue-days.csv", "The venues by day: one row a venue and day on which anything happened. The venue 'exchange' has what no event ties to a venue.", Columns.VenueDays);
        Add(text, "parties.csv", "The parties: providers, buyers and contributors.", Columns.Parties);
        Add(text, "order_books.csv", "The order books by day: one row a product and day on which anything happened in its book.", Columns.OrderBooks);
        Add(text, "auctions.csv", "The auctions: one row each.", Columns.Auctions);
        Add(text, "sandbox.csv", "The trials in the reform sandbox: one row a product.", Columns.Sandbox);
        Add(text, "requirements.csv", "The buyers' requirements: one row each.", Columns.Requirements);
        Add(text, "requirement_months.csv", "What became of the requirements, by month and category of posting.", Columns.RequirementMonths);
        Add(text, "requirement_rankings.csv", "How good the venues' rankings were against the simulated needs: all, then by category.", Columns.Rankings);
        Add(text, "supply_signals.csv", "What providers made of requirements that lapsed.", Columns.Signals);
        Add(text, "market_quality.csv", "Market quality: time to the first sale, turnover and concentration, of the whole market and of each category.", Columns.Quality);
        Add(text, "price_dispersion.csv", "How far prices on the shelves lie apart, by unit.", Columns.Dispersion);
        Add(text, "book_liquidity.csv", "Spread and depth of the order books while they traded continuously; rests of orders that are not shown count too.", Columns.Liquidity);
        Add(text, "welfare.csv", "What trade was worth, to whom: the whole market, its channels, its categories.", Columns.Welfare);
        Add(text, "months.csv", "Venues by month.", Columns.Months);
        Add(text, "refusals.csv", "Refusals by kind and reason.", Columns.Refusals);
        Add(text, "funnel.csv", "From application to first sale.", Columns.Funnel);
        Add(text, "comparison.csv", "Published or measured figures beside this run.", Columns.Comparison);
        Add(text, "calibration.csv", "Parameters that calibration solved for.", Columns.Calibration);
        Add(text, "timeline.csv", "The steps of the products' lives, by product and in order; deals are in deals.csv.", Columns.Timeline);
        return text.ToString();
    }

    private static void Add<TRow>(StringBuilder text, string file, string about, Column<TRow>[] columns)
    {
        text.Append($"\n{file}\n{about}\n");
        foreach (var column in columns)
        {
            text.Append($"  {column.Name,-32}{column.Meaning}\n");
        }
    }
}
