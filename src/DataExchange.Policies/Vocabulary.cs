namespace DataExchange.Policies;

/// <summary>Namespaces and the names of operands and operators, as they stand in JSON-LD.</summary>
public static class Vocabulary
{
    /// <summary>The namespace of ODRL 2.2.</summary>
    public const string Odrl = "http://www.w3.org/ns/odrl/2/";

    /// <summary>The prefix of this market's profile.</summary>
    public const string ProfilePrefix = "dx:";

    /// <summary>The namespace, and IRI, of this market's profile. The name is made up: <c>.invalid</c> never resolves.</summary>
    public const string Profile = "https://dataexchange.invalid/ns/odrl#";

    /// <summary>The unit of amounts, an IRI: the yuan, named as the examples of the ODRL Information Model name the euro.</summary>
    public const string Yuan = "http://dbpedia.org/resource/Renminbi";

    /// <summary>What a handle is written with to be an IRI, in the compact form that the context expands.</summary>
    public const string HandlePrefix = "hdl:";

    /// <summary>What the prefix stands for: handles as IRIs by RFC 4452, as in the catalogues.</summary>
    public const string HandleIri = "info:hdl/";

    private static readonly (LeftOperand Operand, string Name, ValueType Type)[] Operands =
    [
        (LeftOperand.Purpose, "purpose", ValueType.Text),
        (LeftOperand.Spatial, "spatial", ValueType.Place),
        (LeftOperand.DateTime, "dateTime", ValueType.Moment),
        (LeftOperand.Count, "count", ValueType.Number),
        (LeftOperand.ElapsedTime, "elapsedTime", ValueType.Days),
        (LeftOperand.Recipient, "recipient", ValueType.Text),
        (LeftOperand.PayAmount, "payAmount", ValueType.Amount),
        (LeftOperand.LicencesIssued, ProfilePrefix + "licencesIssued", ValueType.Number),
        (LeftOperand.AdmittedFor, ProfilePrefix + "admittedFor", ValueType.Class),
    ];

    private static readonly (ConstraintOperator Operator, string Name)[] Operators =
    [
        (ConstraintOperator.Eq, "eq"), (ConstraintOperator.Neq, "neq"), (ConstraintOperator.Lt, "lt"), (ConstraintOperator.Lteq, "lteq"),
        (ConstraintOperator.Gt, "gt"), (ConstraintOperator.Gteq, "gteq"), (ConstraintOperator.IsA, "isA"), (ConstraintOperator.IsPartOf, "isPartOf"),
        (ConstraintOperator.HasPart, "hasPart"), (ConstraintOperator.IsAnyOf, "isAnyOf"), (ConstraintOperator.IsAllOf, "isAllOf"),
        (ConstraintOperator.IsNoneOf, "isNoneOf"),
    ];

    /// <summary>The names of all operands that can be evaluated.</summary>
    public static IReadOnlyList<string> OperandNames { get; } = [.. Operands.Select(row => row.Name)];

    /// <summary>The names of all operators.</summary>
    public static IReadOnlyList<string> OperatorNames { get; } = [.. Operators.Select(row => row.Name)];

    /// <summary>An operand's name.</summary>
    public static string NameOf(LeftOperand operand) => Operands.First(row => row.Operand == operand).Name;

    /// <summary>An operator's name.</summary>
    public static string NameOf(ConstraintOperator @operator) => Operators.First(row => row.Operator == @operator).Name;

    /// <summary>The operand of a name; null when there is none.</summary>
    public static LeftOperand? OperandOf(string name) =>
        Operands.Where(row => row.Name == name).Select(row => (LeftOperand?)row.Operand).FirstOrDefault();

    /// <summary>The operator of a name; null when there is none.</summary>
    public static ConstraintOperator? OperatorOf(string name) =>
        Operators.Where(row => row.Name == name).Select(row => (ConstraintOperator?)row.Operator).FirstOrDefault();

    /// <summary>A handle as a compact IRI: <c>hdl:86.dex/product.P000042</c>.</summary>
    public static string IriOf(Domain.Handle handle) => HandlePrefix + string.Join('/', handle.Value.Split('/').Select(Uri.EscapeDataString));

    internal static ValueType TypeOf(LeftOperand operand) => Operands.First(row => row.Operand == operand).Type;
}
