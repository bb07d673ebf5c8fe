using System.Text.RegularExpressions;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Commands;

public sealed partial class DemoTests
{
    [Fact]
    public async Task The_whole_story_holds_and_is_told_as_approved()
    {
        var run = await LatchkeyProcess.RunAsync("demo", "--script");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        ApprovedFile.Matches(KeyTail().Replace(run.Output, "-…#####"), "demo-script.txt");
    }

    [GeneratedRegex("-…[0-9A-Z]{5}")]
    private static partial Regex KeyTail();
}
