using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Words;

/// <summary>What is worth saying of an event in a product's timeline.</summary>
internal static class TimelineWords
{
    internal static Text Of(ProductImported e)
    {
        var source = $"{(e.Identifier.Length > 0 ? e.Identifier : "—")} @ {e.Catalogue[..Math.Min(12, e.Catalogue.Length)]}";
        var read = e.Format.Length > 0 ? (Zh: $"，读作 {e.Format}", En: $", read as {e.Format}") : (Zh: "", En: "");
        return new($"目录第 {e.Record} 条：{source}{read.Zh}", $"record {e.Record} of the catalogue: {source}{read.En}");
    }

    internal static Text Of(ProductRegistered e)
    {
        var form = Terms.Of(e.Form);
        var security = Terms.Of(e.SecurityClass);
        return new($"{form.Zh}，{security.Zh}，{e.Venue}", $"{form.En}, {security.En}, {e.Venue}");
    }

    internal static Text Of(QualityEvaluated e)
    {
        var score = QualityEvaluated.Score(e.Completeness, e.Accuracy, e.Timeliness, e.Consistency);
        return new($"{score} 分", $"{score} points");
    }

    internal static Text Of(RightsLicensed e)
    {
        var rights = Terms.Of(e.Rights);
        return new($"{e.Licensee}：{rights.Zh}，至 {e.Until.Date:yyyy-MM-dd}", $"{e.Licensee}: {rights.En}, until {e.Until.Date:yyyy-MM-dd}");
    }

    internal static Text Of(ProductValued e)
    {
        var unit = Terms.Of(e.Unit);
        var (low, high) = Valuation.Band(e.Estimates, e.ToleranceBasisPoints);
        return new($"{low}–{high} 元（{unit.Zh}）", $"{low}–{high} yuan ({unit.En})");
    }

    internal static Text Of(LicenceTerms terms, int version)
    {
        var licence = Terms.Of(terms.Licence);
        var unit = Terms.Of(terms.Unit);
        var price = new Money(terms.UnitPriceFen);
        var shared = terms.Revenue is { } revenue ? Terms.Of(revenue) : (Text?)null;
        return new(
            $"第 {version} 版：{licence.Zh}，{price} 元（{unit.Zh}）{(shared is null ? "" : $"；{shared.Value.Zh}")}",
            $"version {version}: {licence.En}, {price} yuan ({unit.En}){(shared is null ? "" : $"; {shared.Value.En}")}");
    }

    internal static Text Certificate(Handle certificate, DataRights rights, SimulatedTime until)
    {
        var words = Terms.Of(rights);
        return new(
            $"{certificate}：{words.Zh}，至 {until.Date:yyyy-MM-dd}", $"{certificate}: {words.En}, until {until.Date:yyyy-MM-dd}");
    }

    internal static Text Of(ProductRevised e) => new($"第 {e.Version} 版：{e.Note}", $"version {e.Version}: {e.Note}");

    internal static Text Version(int version) => new($"第 {version} 版", $"version {version}");

    internal static Text Of(SandboxConditions conditions) => new(
        $"至多 {conditions.MostBuyers} 家、{new Money(conditions.MostAmountFen)} 元，至 {conditions.Until.Date:yyyy-MM-dd}",
        $"at most {conditions.MostBuyers} buyers and {new Money(conditions.MostAmountFen)} yuan, until {conditions.Until.Date:yyyy-MM-dd}");

    internal static Text Until(SimulatedTime time) => new($"至 {time.Date:yyyy-MM-dd}", $"until {time.Date:yyyy-MM-dd}");

    internal static Text Yuan(long fen) => new($"{new Money(fen)} 元", $"{new Money(fen)} yuan");

    internal static Text Packs(int packs, int unitsPerPack, long priceFen) => new(
        $"{packs} 包，每包 {unitsPerPack} 次，{new Money(priceFen)} 元",
        $"{packs} packs of {unitsPerPack} calls, {new Money(priceFen)} yuan each");

    internal static Text Of(BundleLeft e) => e.Reason switch
    {
        BundleEnd.Withdrawn => new($"组合包 {e.Bundle}：数商撤回", $"bundle {e.Bundle}: withdrawn by the provider"),
        BundleEnd.PartClosed => new($"组合包 {e.Bundle}：有产品不再出售", $"bundle {e.Bundle}: a product is no longer for sale"),
        BundleEnd.PartSuspended => new($"组合包 {e.Bundle}：有产品暂停", $"bundle {e.Bundle}: a product is suspended"),
        BundleEnd.PartRepriced => new($"组合包 {e.Bundle}：有产品调价", $"bundle {e.Bundle}: a product has another price"),
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.Reason, "no words"),
    };

    internal static Text At(VenueId venue, Text what) => new($"{venue}：{what.Zh}", $"{venue}: {what.En}");
}
