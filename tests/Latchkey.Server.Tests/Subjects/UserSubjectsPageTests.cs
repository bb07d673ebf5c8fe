using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Server.Tests.Running;
using Latchkey.Subjects;

namespace Latchkey.Server.Tests.Subjects;

/// <summary>The lines on the page make signatures that the server takes.</summary>
public sealed class UserSubjectsPageTests
{
    private const string Secret = "correct horse battery staple";
    private const string Vector = "42.QX4uivtPdhgoSxlP2EHtuA";

    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Project, "..", "..", "docs", "how-to", "user-subjects.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Ids { get; } = ["42", "3f2a9c6e-0b1d-4a7e-9d57-1c8a2b4e6f70", "team.42", "bücher 7"];

    [Fact]
    public void The_vector_on_the_page_is_the_servers()
    {
        Assert.Contains(Vector, Page, StringComparison.Ordinal);
        Assert.Contains(Secret, Page, StringComparison.Ordinal);
        Assert.Equal(Vector, SubjectOf.Sign(Encoding.UTF8.GetBytes(Secret), "42"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_line_for_Node_signs_as_the_server_does(string id) => Assert.Equal(
        SubjectOf.Sign(Encoding.UTF8.GetBytes(Secret), id), await Node.RunAsync("sign-user.mjs", LineOf("js"), id, Secret));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_line_for_CSharp_signs_as_the_server_does(string id)
    {
        var secret = Secret;
        var signed = id + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        Assert.Equal(SubjectOf.Sign(Encoding.UTF8.GetBytes(Secret), id), signed);
        Assert.Equal(LineOf("csharp"), File.ReadAllLines(Path.Combine(SourceTree.Project, "Subjects", "UserSubjectsPageTests.cs")).Single(l => l.TrimStart().StartsWith("var signed =", StringComparison.Ordinal)).Trim());
    }

    private static string LineOf(string language)
    {
        var begin = $"```{language}\n";
        var from = Page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return Page[from..Page.IndexOf('\n', from)];
    }
}
