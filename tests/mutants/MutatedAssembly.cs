using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using FieldAttributes = Mono.Cecil.FieldAttributes;

namespace DataExchange.Mutants;

/// <summary>
/// The assembly that Stryker compiled: all mutants in one, each behind a call of MutantControl.IsActive with its number. Stryker's own
/// method looks for a file at each call; here it becomes a comparison, or notes that the mutant was reached.
/// </summary>
internal static class MutatedAssembly
{
    private const int MostMutants = 1 << 14;

    private static readonly Type? Control = typeof(Matching.Command).Assembly.GetTypes().SingleOrDefault(type => type.Name == "MutantControl");

    public static bool Is(string path) =>
        File.ReadAllBytes(path).AsSpan().IndexOf("MutantControl"u8) >= 0;

    /// <summary>The mutant that lives in this process; -1 for none.</summary>
    public static int Active
    {
        set => Field("ActiveMutant").SetValue(null, value);
    }

    /// <summary>From now on, notes which mutants are reached.</summary>
    public static byte[] NoteReached()
    {
        var reached = new byte[MostMutants];
        Field("Reached").SetValue(null, reached);
        return reached;
    }

    public static void Patch(string from, string to, bool notesReached)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(from);
        var control = assembly.MainModule.Types.Single(type => type.Name == "MutantControl");
        var active = control.Fields.Single(field => field.Name == "ActiveMutant");
        var reached = new FieldDefinition(
            "Reached", FieldAttributes.Public | FieldAttributes.Static, new ArrayType(assembly.MainModule.TypeSystem.Byte));
        control.Fields.Add(reached);
        var isActive = Emptied(control, "IsActive");
        if (notesReached)
        {
            var end = isActive.Create(OpCodes.Ldc_I4_0);
            isActive.Emit(OpCodes.Ldsfld, reached);
            isActive.Emit(OpCodes.Brfalse, end);
            isActive.Emit(OpCodes.Ldsfld, reached);
            isActive.Emit(OpCodes.Ldarg_0);
            isActive.Emit(OpCodes.Ldc_I4_1);
            isActive.Emit(OpCodes.Stelem_I1);
            isActive.Append(end);
        }
        else
        {
            isActive.Emit(OpCodes.Ldarg_0);
            isActive.Emit(OpCodes.Ldsfld, active);
            isActive.Emit(OpCodes.Ceq);
        }

        isActive.Emit(OpCodes.Ret);

        // Nor does the class watch files of its own accord.
        var start = Emptied(control, ".cctor");
        start.Emit(OpCodes.Ldc_I4_M1);
        start.Emit(OpCodes.Stsfld, active);
        start.Emit(OpCodes.Ret);
        control.IsBeforeFieldInit = true;
        assembly.Write(to);
    }

    private static ILProcessor Emptied(TypeDefinition type, string name)
    {
        var method = type.Methods.Single(method => method.Name == name);
        method.Body = new Mono.Cecil.Cil.MethodBody(method);
        return method.Body.GetILProcessor();
    }

    private static FieldInfo Field(string name) =>
        Control?.GetField(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        ?? throw new InvalidOperationException("This is not the mutated assembly.");
}
