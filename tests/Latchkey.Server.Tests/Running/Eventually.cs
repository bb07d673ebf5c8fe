namespace Latchkey.Server.Tests.Running;

/// <summary>Waits for what happens by itself: looks (null is "not yet") again and again, and fails once too much time has passed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            if (await look() is { } there)
            {
                return there;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"Waited in vain: {what}.");
            await Task.Delay(LookEvery);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> look, string what) => GetAsync(async () => await look() ? what : null, what);

    public static Task HoldsAsync(Func<bool> look, string what) => HoldsAsync(() => Task.FromResult(look()), what);
}
