using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Hosting;

public sealed class StoreChoiceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("mysql", "", "Latchkey:Store is 'mysql'; use sqlite or postgres.")]
    [InlineData("postgres", "", "Latchkey:Store is postgres, so set ConnectionStrings:Latchkey to its connection string")]
    [InlineData("postgres", "data/hush.db", "ConnectionStrings:Latchkey is no connection string of PostgreSQL's")]
    [InlineData("postgres", "Host=127.0.0.1;Port=1;Username=u;Password=hush", "the database cannot be used")]
    [InlineData("sqlite", "Host=127.0.0.1;Username=u;Password=hush", "ConnectionStrings:Latchkey names a database server, but Latchkey:Store is sqlite")]
    public async Task What_cannot_be_is_said_in_a_sentence_that_shows_no_password(string store, string connection, string sentence)
    {
        var run = await LatchkeyProcess.RunAsync(
            "--urls", "http://127.0.0.1:0", "--Latchkey:DataDirectory", _directory, "--Latchkey:Store", store, "--ConnectionStrings:Latchkey", connection);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("latchkey cannot start: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }
}
