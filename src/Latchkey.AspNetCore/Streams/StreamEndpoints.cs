using System.Globalization;
using Latchkey.AspNetCore.Subjects;
using Latchkey.AspNetCore.Web;
using Latchkey.Streams;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Latchkey.AspNetCore.Streams;

/// <summary>Live streams, and the tokens with which browsers open them.</summary>
internal static class StreamEndpoints
{
    private const string SubjectStream = "/entitlements/{subject}/stream";

    public static void AddStreams(this IServiceCollection services)
    {
        services.TryAddSingleton<IStreamText, StreamText>();
        services.TryAddSingleton<StreamHub>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StreamHub>(p => p.GetRequiredService<StreamHub>()));
    }

    public static void MapStreams(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("").WithTags("Streams");
        group.MapGet(SubjectStream, OpenSubject).AllowOrigins().RequireScopeOrSubject(Scopes.Streams)
            .WithName("StreamEntitlements").Produces<string>(200, StreamResult.ContentType);
        group.MapGet("/events/stream", (Delegate)OpenTenant).RequireScope(Scopes.Streams)
            .WithName("StreamEvents").Produces<string>(200, StreamResult.ContentType);
        group.MapPost("/entitlements/{subject}/token", IssueAsync).RequireScope(Scopes.Streams)
            .WithName("IssueSubjectToken").Accepts<SubjectTokenBody>(isOptional: true, "application/json").Produces<SubjectTokenReply>();
        group.MapPreflight(SubjectStream);
        group.MapPreflight("/entitlements/{subject}");
    }

    private static IResult OpenSubject(string subject, HttpContext http, StreamHub hub) =>
        SubjectPath.TryRead(subject, out var named, out var problem) ? Open(http, hub, named) : problem;

    private static IResult OpenTenant(HttpContext http, StreamHub hub) => Open(http, hub, subject: null);

    private static IResult Open(HttpContext http, StreamHub hub, string? subject)
    {
        if (hub.Stopping.IsCancellationRequested)
        {
            return Problems.Unavailable("The server is stopping; ask again.");
        }

        var caller = Caller.Of(http);
        var token = caller.Actor is Caller.Admin or Caller.Subject ? null : caller.Actor;
        return new StreamResult(hub, caller.Tenant!.Id, subject, new StreamRight(token, caller.EndsAt), ResumeAt(http.Request));
    }

    /// <summary>Where the reader was; anything that is no position of ours begins with the present state.</summary>
    private static long? ResumeAt(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header
            : request.QueryString.HasValue ? request.Query["last_event_id"].ToString()
            : null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
    }

    private static async Task<IResult> IssueAsync(string subject, HttpContext http, TimeProvider time)
    {
        if (!SubjectPath.TryRead(subject, out var named, out var problem))
        {
            return problem;
        }

        var longest = (int)SubjectTokens.LongestLife.TotalSeconds;
        (var body, problem) = await JsonBody.ReadOptionalAsync(http, StreamJson.Default.SubjectTokenBody);
        if (problem is not null)
        {
            return problem;
        }

        var seconds = body?.ExpiresIn ?? longest;
        if (seconds < 1 || seconds > longest)
        {
            return Problems.Invalid("expires_in", $"expires_in is 1 to {longest} seconds.");
        }

        var now = time.GetUtcNow();
        var token = SubjectTokens.Issue(Caller.TenantOf(http), named, now, TimeSpan.FromSeconds(seconds));
        http.Response.Headers.CacheControl = "no-store";
        var end = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + seconds);
        return WebJson.Ok(new SubjectTokenReply(named, token, end), StreamJson.Default.SubjectTokenReply);
    }
}
