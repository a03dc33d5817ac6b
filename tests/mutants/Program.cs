using System.Globalization;
using DataExchange.Mutants;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["cover", var to]:
        Worker.Cover(to);
        return 0;
    case ["work", var coverage, var longest, var sequences]:
        Worker.Work(coverage, int.Parse(longest), int.Parse(sequences));
        return 0;
    case ["all", var folder, .. var stryker]:
        return Driver.All(folder, stryker is [var path] ? path : "dotnet-stryker");
    default:
        Console.Error.WriteLine("Mutants all FOLDER [PATH-OF-DOTNET-STRYKER]: makes mutants of DataExchange.Matching and tests each; results go to FOLDER.");
        return 2;
}
