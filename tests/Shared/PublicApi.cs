using System.Reflection;
using System.Runtime.CompilerServices;

namespace Latchkey.Testing;

/// <summary>One line for each public type and member of an assembly.</summary>
internal static class PublicApi
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Compares with <c>Approved/PublicApi.txt</c> beside the caller. APPROVE=1 rewrites the file: a changed promise is a decision to review.</summary>
    public static void IsApproved(Assembly assembly, [CallerFilePath] string here = "")
    {
        var actual = Of(assembly);
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Approved", "PublicApi.txt");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Of(Assembly assembly) => string.Join("\n", assembly.GetExportedTypes()
        .Where(t => !typeof(System.Text.Json.Serialization.JsonSerializerContext).IsAssignableFrom(t))
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .SelectMany(t => new[] { Head(t) }.Concat(Members(t).Order(StringComparer.Ordinal)))) + "\n";

    private static string Head(Type t)
    {
        var kind = t.IsEnum ? "enum" : t.IsInterface ? "interface" : t.IsValueType ? "struct"
            : t is { IsAbstract: true, IsSealed: true } ? "static class" : t.IsAbstract ? "abstract class" : "class";
        return $"\n{kind} {t.FullName!.Replace('+', '.')}";
    }

    private static IEnumerable<string> Members(Type t)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var record = t.GetMethod("<Clone>$") is not null || t.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;
        foreach (var f in t.GetFields(all).Where(f => !f.IsSpecialName))
        {
            yield return $"    {Name(f.FieldType)} {f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")}";
        }

        foreach (var p in t.GetProperties(all))
        {
            var access = p.SetMethod is not { IsPublic: true } set ? "get"
                : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "get; init" : "get; set";
            var required = p.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
            yield return $"    {required}{Name(p.PropertyType)}{(Nullable(p) ? "?" : "")} {p.Name} {{ {access}; }}";
        }

        foreach (var e in t.GetEvents(all))
        {
            yield return $"    event {Name(e.EventHandlerType!)} {e.Name}";
        }

        foreach (var c in t.GetConstructors(all).Where(c => !record || c.GetParameters() is { Length: > 0 }))
        {
            yield return $"    new({Parameters(c)})";
        }

        var compilers = record ? new[] { "Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$" } : [];
        foreach (var m in t.GetMethods(all).Where(m => !m.IsSpecialName && !compilers.Contains(m.Name)))
        {
            yield return $"    {(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}({Parameters(m)})";
        }
    }

    private static bool Nullable(PropertyInfo p) =>
        !p.PropertyType.IsValueType && Nullability.Create(p).ReadState == NullabilityState.Nullable;

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : "")}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type t) => t switch
    {
        { IsByRef: true } => Name(t.GetElementType()!),
        { IsArray: true } => Name(t.GetElementType()!) + "[]",
        { IsGenericType: true } when System.Nullable.GetUnderlyingType(t) is { } inner => Name(inner) + "?",
        { IsGenericType: true } => $"{t.Name[..t.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", t.GetGenericArguments().Select(Name))}>",
        _ => t.Name,
    };
}
