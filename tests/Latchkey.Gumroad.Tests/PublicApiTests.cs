using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests;

public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void The_public_api_is_the_approved_one() => Matches(Dump(typeof(PingDecoder).Assembly), "PublicApi.txt");

    private static void Matches(string actual, string name, [CallerFilePath] string from = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(from)!, "Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }

    private static string Dump(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsValueType: true } => "struct",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = new[] { type.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(Enum) && b != typeof(ValueType)).Select(b => Name(b!));
        return $"{kind} {type.FullName!.Replace('+', '.')}" + string.Concat(bases.Select(b => $" : {b}"));
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{Convert.ToInt32(Enum.Parse(type, name), null)} = {name}")
        : type.GetMembers(Declared).Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute))).Select(Member).OfType<string>();

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } made when Visible(made) => $"new({Parameters(made)})",
        PropertyInfo property => Property(property),
        MethodInfo { IsSpecialName: false } method when Visible(method) =>
            $"{(method.IsStatic ? "static " : "")}{Named(Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})",
        FieldInfo { IsPublic: true } field => $"{(field.IsLiteral ? "const " : "")}{Named(Nullability.Create(field))} {field.Name}",
        _ => null,
    };

    private static string? Property(PropertyInfo property)
    {
        if (property.GetMethod is not { } get || !Visible(get))
        {
            return null;
        }

        var set = property.SetMethod is { } setter && Visible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        var index = property.GetIndexParameters() is { Length: > 0 } of ? $"[{string.Join(", ", of.Select(Parameter))}]" : "";
        return $"{(get.IsStatic ? "static " : "")}{Named(Nullability.Create(property))} {property.Name}{index} {{ get;{set} }}";
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsOut ? "out " : "") + Named(Nullability.Create(parameter)) + " " + parameter.Name
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "");

    private static string Named(NullabilityInfo info) =>
        Name(info.Type) + (!info.Type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "");

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
    }
}
