using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Simulation.Population;

namespace DataExchange.Scenarios.Population;

/// <summary>What the market's population is made from: the industry chain graph, the calendar and the words.</summary>
/// <param name="Graph">The industry chain graph of Binjiang.</param>
/// <param name="Calendar">Working days from 2016 to 2025.</param>
/// <param name="Vocabulary">Words for firms and titles.</param>
public sealed record PopulationData(IndustryChainGraph Graph, WorkCalendar Calendar, Vocabulary Vocabulary)
{
    private const string ChainFile = "industry-chain.json";
    private const string CalendarFile = "china-calendar.json";
    private const string VocabularyFile = "vocabulary.json";

    /// <summary>Reads the built-in files.</summary>
    /// <exception cref="PopulationDataException">A file is wrong; every problem is named.</exception>
    public static PopulationData Load() => Parse(ReadFile(ChainFile), ReadFile(CalendarFile), ReadFile(VocabularyFile));

    /// <summary>The text of a built-in file.</summary>
    /// <param name="name"><c>industry-chain.json</c>, <c>china-calendar.json</c> or <c>vocabulary.json</c>.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string ReadFile(string name)
    {
        using var stream = typeof(PopulationData).Assembly.GetManifestResourceStream($"DataExchange.Scenarios.Data.{name}")
            ?? throw new ArgumentException(
                $"'{name}' is no population file; there are {ChainFile}, {CalendarFile}, {VocabularyFile}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads and checks the three files.</summary>
    /// <param name="chainJson">Text of the industry chain graph.</param>
    /// <param name="calendarJson">Text of the calendar.</param>
    /// <param name="vocabularyJson">Text of the words.</param>
    /// <exception cref="PopulationDataException">A file is wrong; every problem is named.</exception>
    public static PopulationData Parse(string chainJson, string calendarJson, string vocabularyJson)
    {
        var graph = new IndustryChainGraph(Read(ChainFile, chainJson, PopulationJson.Default.IndustryChainData));
        var calendar = MakeCalendar(Read(CalendarFile, calendarJson, PopulationJson.Default.CalendarData));
        var vocabulary = new Vocabulary(Read(VocabularyFile, vocabularyJson, PopulationJson.Default.VocabularyData), graph);
        return new PopulationData(graph, calendar, vocabulary);
    }

    private static T Read<T>(string file, string json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new PopulationDataException(file, ["the file holds null."]);
        }
        catch (JsonException error)
        {
            throw new PopulationDataException(
                file, $"line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}, at {error.Path}: {error.Message}", error);
        }
    }

    private static WorkCalendar MakeCalendar(CalendarData data)
    {
        var problems = new List<string>();
        if (data.To < data.From)
        {
            problems.Add($"'to' ({data.To:yyyy-MM-dd}) is before 'from' ({data.From:yyyy-MM-dd}).");
        }

        for (var year = data.From.Year; year <= data.To.Year; year++)
        {
            var count = data.Years.Count(item => item.Year == year);
            if (count != 1)
            {
                problems.Add($"{year} must appear once in 'years', not {count} times.");
            }
        }

        foreach (var (year, holiday) in data.Years.SelectMany(year => year.Holidays, (year, holiday) => (year.Year, holiday)))
        {
            if (holiday.To < holiday.From || holiday.To.Year != year || holiday.To.DayNumber - holiday.From.DayNumber > 15)
            {
                problems.Add($"{year}, {holiday.Zh}: {holiday.From:yyyy-MM-dd} to {holiday.To:yyyy-MM-dd} is no holiday of that year.");
            }

            if (holiday.Zh.Length == 0 || holiday.En.Length == 0)
            {
                problems.Add($"{year}, {holiday.From:yyyy-MM-dd}: the holiday lacks its Chinese or its English name.");
            }
        }

        if (problems.Count > 0)
        {
            throw new PopulationDataException(CalendarFile, problems);
        }

        var holidays = data.Years.SelectMany(year => year.Holidays).ToList();
        try
        {
            return new WorkCalendar(
                data.From,
                data.To,
                holidays.SelectMany(holiday => Enumerable
                    .Range(0, holiday.To.DayNumber - holiday.From.DayNumber + 1)
                    .Select(day => holiday.From.AddDays(day))),
                holidays.SelectMany(holiday => holiday.Workdays));
        }
        catch (ArgumentException error)
        {
            throw new PopulationDataException(CalendarFile, error.Message, error);
        }
    }
}
