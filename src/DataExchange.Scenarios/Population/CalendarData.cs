namespace DataExchange.Scenarios.Population;

/// <summary>Public holidays and make-up days as their file has them.</summary>
/// <param name="Title">What the file is.</param>
/// <param name="From">First day covered.</param>
/// <param name="To">Last day covered.</param>
/// <param name="Note">How to read the file, and what is not in it.</param>
/// <param name="Years">One for each year.</param>
public sealed record CalendarData(string Title, DateOnly From, DateOnly To, string Note, IReadOnlyList<CalendarYear> Years);

/// <summary>One year's arrangements.</summary>
/// <param name="Year">The year; its New Year's holiday may begin in the year before.</param>
/// <param name="Provenance"><c>published</c>.</param>
/// <param name="Sources">The notices that say so.</param>
/// <param name="Holidays">The holidays.</param>
public sealed record CalendarYear(int Year, string Provenance, IReadOnlyList<CalendarSource> Sources, IReadOnlyList<Holiday> Holidays);

/// <summary>A notice of the State Council's General Office.</summary>
/// <param name="Notice">Its title.</param>
/// <param name="Url">Where it was published.</param>
public sealed record CalendarSource(string Notice, string Url);

/// <summary>A public holiday.</summary>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="From">First day off.</param>
/// <param name="To">Last day off.</param>
/// <param name="Workdays">Saturdays and Sundays worked in exchange.</param>
public sealed record Holiday(string Zh, string En, DateOnly From, DateOnly To, IReadOnlyList<DateOnly> Workdays);
