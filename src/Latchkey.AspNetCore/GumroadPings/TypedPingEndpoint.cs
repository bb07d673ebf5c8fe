using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Latchkey.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>
/// An address whose pings go to a handler. A wrong token is a 404 for good; whatever comes with a right one is a 200 once it is done,
/// and a 503 until then: Gumroad repeats nothing else that we could say.
/// </summary>
internal sealed partial class TypedPingEndpoint
{
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const int RetryAfterSeconds = 60;

    private readonly PingHandler _handler;
    private readonly IOptionsMonitor<GumroadPingOptions> _options;
    private readonly ILogger _logger;
    private readonly PingRun _run;

    public TypedPingEndpoint(PingHandler handler, IOptionsMonitor<GumroadPingOptions> options, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers)
    {
        (_handler, _options, _logger) = (handler, options, loggers.CreateLogger<TypedPingEndpoint>());
        _run = new PingRun(handler, scopes, time, loggers.CreateLogger<PingRun>());
        if (loggers.CreateLogger(RequestLog).IsEnabled(LogLevel.Information))
        {
            Log.AddressesAreLogged(_logger, RequestLog);
        }
    }

    public async Task ReceiveAsync(HttpContext http)
    {
        if (OptionsNow() is not { } options)
        {
            AskAgain(http);
            return;
        }

        if (!Opens(options, PingRequest.SecretOf(http)))
        {
            Log.WrongToken(_logger, _handler.Name);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReadAsync(http, options.MaxBodyBytes) is not { } ping)
        {
            AskAgain(http);
            return;
        }

        if (!ping.Understood)
        {
            Log.NotUnderstood(_logger, _handler.Name, ping.Kind);
        }

        // Not ended by a caller that hangs up: what Gumroad sent may never come again.
        if (!await _run.DoAsync(ping, options.HandlerTimeLimit))
        {
            AskAgain(http);
        }
    }

    /// <summary>Read for each request, so that tokens can be rotated. Null when a reload has made them unusable.</summary>
    private GumroadPingOptions? OptionsNow()
    {
        try
        {
            return _options.Get(_handler.Name);
        }
        catch (OptionsValidationException e)
        {
            Log.Closed(_logger, _handler.Name, e.Message);
            return null;
        }
    }

    private static bool Opens(GumroadPingOptions options, string? presented)
    {
        var hash = Ids.HashOf(presented ?? string.Empty);
        var opens = false;
        foreach (var secret in options.Secrets)
        {
            opens |= CryptographicOperations.FixedTimeEquals(Ids.HashOf(secret), hash);
        }

        return opens;
    }

    private async Task<TypedPing?> ReadAsync(HttpContext http, int maxBytes)
    {
        try
        {
            var (buffer, length, truncated) = await PingRequest.ReadAsync(http, maxBytes);
            var ping = TypedPing.Read(_handler, buffer.AsSpan(0, length), truncated, http.Request.ContentType, http.Request.Query["resource"]);
            ArrayPool<byte>.Shared.Return(buffer);
            return ping;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Log.NotWhole(_logger, _handler.Name, e.GetType().Name);
            return null;
        }
    }

    private static void AskAgain(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static partial class Log
    {
        [LoggerMessage(2406, LogLevel.Warning, "A ping for {Handler} was not understood ({Reason}); it is answered 200, for a repeat would be no clearer")]
        public static partial void NotUnderstood(ILogger logger, string handler, string reason);

        [LoggerMessage(2407, LogLevel.Warning, "A ping for {Handler} did not arrive whole ({Fault}); answered 503, so that Gumroad sends it again")]
        public static partial void NotWhole(ILogger logger, string handler, string fault);

        [LoggerMessage(2408, LogLevel.Error, "The address of {Handler} is closed and answers 503 until its settings are mended: {Why}")]
        public static partial void Closed(ILogger logger, string handler, string why);

        [LoggerMessage(2409, LogLevel.Warning, "{Category} logs the addresses of requests, and with them a token that stands in ?token=. Set its level to Warning, or give Gumroad the token as a Basic password")]
        public static partial void AddressesAreLogged(ILogger logger, string category);

        [LoggerMessage(2410, LogLevel.Debug, "A request to {Handler} came with a wrong token or none; answered 404, after which Gumroad does not send it again")]
        public static partial void WrongToken(ILogger logger, string handler);
    }
}
