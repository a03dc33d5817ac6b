using System.Reflection;
using System.Reflection.Emit;
using DataExchange.Domain;
using DataExchange.Exchange.Books;

namespace DataExchange.EventStore.Catalogue;

/// <summary>
/// Which commands can make which events: read from the compiled code, as the events that are constructed in a command's decision and in
/// what it calls.
/// </summary>
internal static class Causes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>From each event type to the types of the commands that can make it.</summary>
    internal static ILookup<Type, Type> OfEvents() => typeof(Command).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract)
        .SelectMany(command => MadeBy(Decision(command)).Select(made => (Event: made, Command: command)))
        .ToLookup(pair => pair.Event, pair => pair.Command);

    /// <summary>The event types that an order book's matching core makes of what it is fed with: they follow the command's own.</summary>
    internal static IReadOnlySet<Type> OfMatchingCore() => typeof(BookCore).GetMethods(Declared)
        .SelectMany(Calls)
        .Where(called => called.IsConstructor && called.DeclaringType!.IsSubclassOf(typeof(Event)))
        .Select(called => called.DeclaringType!)
        .ToHashSet();

    /// <summary>The command's own decision, or that of the decider which takes this command alone.</summary>
    private static MethodInfo Decision(Type command) =>
        command.GetMethod("Decide", Declared)
        ?? command.Assembly.GetTypes().SelectMany(type => type.GetMethods(Declared))
            .Single(method => method.Name == "Decide" && method.GetParameters() is [{ } first, _] && first.ParameterType == command);

    private static HashSet<Type> MadeBy(MethodBase decision)
    {
        var made = new HashSet<Type>();
        var seen = new HashSet<MethodBase> { decision };
        var pending = new Queue<MethodBase>(seen);
        while (pending.TryDequeue(out var method))
        {
            foreach (var called in Calls(method))
            {
                var owner = called.DeclaringType!;
                if (called.IsConstructor && owner.IsSubclassOf(typeof(Event)))
                {
                    made.Add(owner);
                }
                else if (owner.Assembly == decision.Module.Assembly && !owner.IsSubclassOf(typeof(Event)))
                {
                    // A constructor of the compiler's own class stands for an iterator, whose body is elsewhere in that class.
                    MethodBase[] bodies = called.IsConstructor && owner.Name.StartsWith('<') ? owner.GetMethods(Declared) : [called];
                    foreach (var body in bodies.Where(seen.Add))
                    {
                        pending.Enqueue(body);
                    }
                }
            }
        }

        return made;
    }

    /// <summary>The methods and constructors that a method's code names.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code[at++]));
            }

            var operand = OpCodesByValue[value].OperandType;
            if (operand == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, at),
                    method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
