using System.Reflection;

namespace DataExchange.Mutants;

/// <summary>A test that can be run again and again in one process: a test method with its data, or a sequence of the model test.</summary>
internal sealed record TestItem(string Name, Action Run)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    // The model test is run sequence by sequence instead; fuzzing draws anew each time, so that its verdict would not be the same twice.
    private static readonly string[] LeftOut = ["ModelTests", "NaiveEngineTests", "SnapshotFuzzTests", "FuzzTests"];

    public int Milliseconds { get; set; }

    public HashSet<int> Covers { get; set; } = [];

    public static IEnumerable<TestItem> Tests() =>
        from type in typeof(TestItem).Assembly.GetTypes()
        where type is { IsAbstract: false, IsPublic: true } && !LeftOut.Contains(type.Name)
        orderby type.Name
        from method in type.GetMethods()
        where method.GetCustomAttributes().OfType<FactAttribute>().Any()
        orderby method.Name
        from data in DataOf(type, method).Select((values, number) => (values, number))
        where data.values is not ["naive", ..]
        select new TestItem($"{type.Name}.{method.Name}#{data.number}", () => Call(type, method, data.values));

    public static IEnumerable<TestItem> Sequences(int first, int count) => Enumerable.Range(first, count).Select(seed =>
    {
        var played = new Lazy<PlayedSequence>(() => new PlayedSequence(seed));
        return new TestItem($"sequence {seed}", () => played.Value.Compare());
    });

    private static IEnumerable<object?[]> DataOf(Type type, MethodInfo method)
    {
        if (method.GetCustomAttribute<TheoryAttribute>() is null)
        {
            return [[]];
        }

        return method.GetCustomAttributes().SelectMany(attribute => attribute switch
        {
            InlineDataAttribute inline => [inline.Data],
            MemberDataAttribute member => Rows(type.GetMember(member.MemberName, Any).Single()),
            _ => (IEnumerable<object?[]>)[],
        });
    }

    private static IEnumerable<object?[]> Rows(MemberInfo member)
    {
        var rows = member is PropertyInfo property ? property.GetValue(null) : ((FieldInfo)member).GetValue(null);
        return ((System.Collections.IEnumerable)rows!).Cast<ITheoryDataRow>().Select(row => row.GetData());
    }

    private static void Call(Type type, MethodInfo method, object?[] values)
    {
        var test = Activator.CreateInstance(type);
        try
        {
            var arguments = method.GetParameters().Select((parameter, place) => Converted(values[place], parameter.ParameterType)).ToArray();
            (method.Invoke(test, arguments) as Task)?.GetAwaiter().GetResult();
        }
        finally
        {
            (test as IDisposable)?.Dispose();
        }
    }

    // A literal of InlineData may be of a narrower type than the parameter.
    private static object? Converted(object? value, Type type) =>
        value is IConvertible && !type.IsEnum && type.IsPrimitive ? Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture) : value;
}
