using System.Reflection;

namespace Latchkey.Gumroad.Tests.Api;

public class ApiFilesTests
{
    /// <summary>A test takes its files by a parameter named <c>file</c>.</summary>
    [Fact]
    public void Every_answer_in_the_folder_has_its_test()
    {
        var tested = typeof(ApiFilesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters() is [{ Name: "file" }, ..])
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(data => (string)data.Data[0]!)
            .Order(StringComparer.Ordinal);

        Assert.Equal(ApiFile.Names, tested);
    }
}
