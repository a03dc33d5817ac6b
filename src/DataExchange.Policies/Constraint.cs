using System.Globalization;
using DataExchange.Domain;

namespace DataExchange.Policies;

/// <summary>What a constraint looks at.</summary>
public enum LeftOperand
{
    /// <summary>What the use is for; a text.</summary>
    Purpose,
    /// <summary>Where: an ISO 3166 code such as <c>CN</c> or <c>CN-33</c>; what stands before a hyphen contains what stands behind it.</summary>
    Spatial,
    /// <summary>When.</summary>
    DateTime,
    /// <summary>How often, this use included.</summary>
    Count,
    /// <summary>Time since the agreement was made, in whole days.</summary>
    ElapsedTime,
    /// <summary>Who gets what comes of it; an IRI.</summary>
    Recipient,
    /// <summary>What is paid, in fen here and in yuan in JSON-LD.</summary>
    PayAmount,
    /// <summary>Licences of the product that are issued, this one included; of this market's profile.</summary>
    LicencesIssued,
    /// <summary>The most sensitive class of data that the party is admitted for; of this market's profile.</summary>
    AdmittedFor,
}

/// <summary>How a constraint compares.</summary>
public enum ConstraintOperator
{
    /// <summary>Equal.</summary>
    Eq,
    /// <summary>Not equal.</summary>
    Neq,
    /// <summary>Less, or earlier.</summary>
    Lt,
    /// <summary>Not more, or not later.</summary>
    Lteq,
    /// <summary>More, or later.</summary>
    Gt,
    /// <summary>Not less, or not earlier.</summary>
    Gteq,
    /// <summary>An instance of; without a taxonomy of purposes the same as equal.</summary>
    IsA,
    /// <summary>Equal to or within.</summary>
    IsPartOf,
    /// <summary>Equal to or around.</summary>
    HasPart,
    /// <summary>One of several.</summary>
    IsAnyOf,
    /// <summary>Each of several.</summary>
    IsAllOf,
    /// <summary>None of several.</summary>
    IsNoneOf,
}

/// <summary>What an operand's values are.</summary>
internal enum ValueType
{
    Text,
    Place,
    Moment,
    Number,
    Days,
    Amount,
    Class,
}

/// <summary>A condition.</summary>
/// <param name="Left">What it looks at.</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Right">
/// With what; several values only for <c>isAnyOf</c>, <c>isAllOf</c> and <c>isNoneOf</c>. Numbers, days and fen as whole numbers, a moment as
/// <see cref="SimulatedTime.ToString"/> writes it, a class by its name.
/// </param>
public sealed record Constraint(LeftOperand Left, ConstraintOperator Operator, IReadOnlyList<string> Right)
{
    private static readonly ConstraintOperator[] OfSets = [ConstraintOperator.IsAnyOf, ConstraintOperator.IsAllOf, ConstraintOperator.IsNoneOf];

    /// <summary>A condition with one value.</summary>
    /// <param name="left">What it looks at.</param>
    /// <param name="operator">How it compares.</param>
    /// <param name="right">With what.</param>
    public Constraint(LeftOperand left, ConstraintOperator @operator, string right)
        : this(left, @operator, [right])
    {
    }

    /// <summary>Operators that go with an operand.</summary>
    /// <param name="left">The operand.</param>
    public static IReadOnlyList<ConstraintOperator> OperatorsOf(LeftOperand left) => Vocabulary.TypeOf(left) switch
    {
        ValueType.Text => [ConstraintOperator.Eq, ConstraintOperator.Neq, ConstraintOperator.IsA, .. OfSets],
        ValueType.Place => [ConstraintOperator.Eq, ConstraintOperator.Neq, ConstraintOperator.IsPartOf, ConstraintOperator.HasPart, .. OfSets],
        _ =>
        [
            ConstraintOperator.Eq, ConstraintOperator.Neq, ConstraintOperator.Lt, ConstraintOperator.Lteq, ConstraintOperator.Gt, ConstraintOperator.Gteq,
        ],
    };

    /// <summary>What is wrong with it; null when it can be evaluated.</summary>
    public string? Problem =>
        !OperatorsOf(Left).Contains(Operator)
            ? $"operator {Vocabulary.NameOf(Operator)} does not go with {Vocabulary.NameOf(Left)}: allowed are {string.Join(", ", OperatorsOf(Left).Select(Vocabulary.NameOf))}"
        : Right.Count == 0 || (Right.Count > 1 && !OfSets.Contains(Operator))
            ? $"{Right.Count} right operands do not go with operator {Vocabulary.NameOf(Operator)}: "
                + (OfSets.Contains(Operator) ? "one or more are needed" : "exactly one is needed")
        : Right.FirstOrDefault(value => !IsValue(value)) is { } wrong
            ? $"right operand '{wrong}' is no value of {Vocabulary.NameOf(Left)}: needed is {Needed}"
        : null;

    /// <summary>Whether it looks at time, and fails only once that is over.</summary>
    internal bool IsEndOfTerm => Left is LeftOperand.DateTime or LeftOperand.ElapsedTime && Operator is ConstraintOperator.Lt or ConstraintOperator.Lteq;

    /// <summary>A value as a number that can be compared; null when it is none or the operand's values are texts.</summary>
    internal static long? NumberOf(LeftOperand left, string value) => Vocabulary.TypeOf(left) switch
    {
        ValueType.Number or ValueType.Days or ValueType.Amount =>
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        ValueType.Moment => DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToUnixTimeSeconds() : null,
        ValueType.Class => Enum.TryParse<SecurityClass>(value, out var @class) && @class.ToString() == value ? (long)@class : null,
        _ => null,
    };

    private bool IsValue(string value) => Vocabulary.TypeOf(Left) is ValueType.Text or ValueType.Place ? value.Length > 0 : NumberOf(Left, value) is not null;

    private string Needed => Vocabulary.TypeOf(Left) switch
    {
        ValueType.Moment => "a moment such as 2025-05-31T09:30:00+08:00",
        ValueType.Number => "a whole number",
        ValueType.Days => "a number of whole days, in JSON-LD such as P30D",
        ValueType.Amount => "an amount in fen, in JSON-LD in yuan such as 1000.00",
        ValueType.Class => $"one of {string.Join(", ", Enum.GetNames<SecurityClass>())}",
        _ => "a text that is not empty",
    };
}
