using System.Collections.Concurrent;
using Latchkey;
using Latchkey.AspNetCore;
using Latchkey.Handlers;
using Latchkey.Sqlite;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<AppDatabase>().AddSingleton<ChatClient>();
builder.Services.AddLatchkey()
    .UseSqlite()
    .OnEntitlementsChanged<KeepTier>()
    .OnLicenseIssued<TellChat>();

var app = builder.Build();
app.MapLatchkey();
app.MapGet("/tiers/{subject}", (string subject, AppDatabase database) => database.TierOf(subject));
app.Run();

internal sealed class KeepTier(AppDatabase database) : IEntitlementsChangedHandler
{
    public Task HandleAsync(EntitlementsChanged change, CancellationToken ct)
    {
        var tier = change.Products.FirstOrDefault(p => p.Product == "studio")?.Tier ?? "free";
        return database.SetTierAsync(change.Subject!, tier, change.Version, ct);
    }
}

internal sealed class TellChat(AppDatabase database, ChatClient chat) : ILicenseHandler
{
    public async Task HandleAsync(LicenseEvent happened, CancellationToken ct)
    {
        if (await database.HasDoneAsync(happened.IdempotencyKey, ct))
        {
            return;
        }

        await chat.PostAsync($"Somebody bought {happened.Product} {happened.Tier}.", ct);
        await database.NoteDoneAsync(happened.IdempotencyKey, ct);
    }
}

// These two are yours. Here they stand in for a database and a chat, and forget everything when the program stops.
internal sealed class AppDatabase
{
    private readonly ConcurrentDictionary<string, (string Tier, long Version)> _tiers = new();
    private readonly ConcurrentDictionary<string, bool> _done = new();

    public string TierOf(string subject) => _tiers.TryGetValue(subject, out var kept) ? kept.Tier : "free";

    public Task SetTierAsync(string subject, string tier, long version, CancellationToken ct)
    {
        _tiers.AddOrUpdate(subject, (tier, version), (_, kept) => kept.Version < version ? (tier, version) : kept);
        return Task.CompletedTask;
    }

    public Task<bool> HasDoneAsync(string key, CancellationToken ct) => Task.FromResult(_done.ContainsKey(key));

    public Task NoteDoneAsync(string key, CancellationToken ct) => Task.FromResult(_done.TryAdd(key, true));
}

internal sealed class ChatClient
{
    private readonly TextWriter _chat = Console.Out;

    public Task PostAsync(string text, CancellationToken ct) => _chat.WriteLineAsync(text.AsMemory(), ct);
}
