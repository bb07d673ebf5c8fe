using Latchkey.AspNetCore;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Links;

/// <summary>What the app puts into a link and wants back with the purchase.</summary>
internal sealed record OrderData(int Order);

/// <summary>An app with Latchkey inside. It does something for a purchase that takes a while, and writes down when it begins and ends.</summary>
internal static class Node
{
    public const string Return = "/buy";

    /// <summary>Before the number of the call that answers a return.</summary>
    public const string CallPrefix = "call ";

    /// <summary>Before the reason where there is no purchase.</summary>
    public const string ErrorPrefix = "error ";

    private const int ShortestMs = 20;
    private const int LongestMs = 300;

    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        var connection = builder.Configuration.GetConnectionString("Latchkey")!;
        builder.Services.AddSingleton(_ => new CallBook(connection));
        builder.Services.AddLatchkey().UsePostgres(connection).AddPurchaseLinks();
        await using var app = builder.Build();
        app.MapLatchkey();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPurchaseReturn(Return, BoughtAsync);
        await app.RunAsync();
    }

    private static async Task<IResult> BoughtAsync(PurchaseResult result, CallBook book)
    {
        if (!result.Succeeded)
        {
            return Results.Text(ErrorPrefix + result.Error);
        }

        var call = await book.BeginAsync(result);
        await Task.Delay(Random.Shared.Next(ShortestMs, LongestMs));
        await book.CompleteAsync(call, result);
        return Results.Text($"{CallPrefix}{call}");
    }
}
