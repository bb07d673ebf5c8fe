using System.Data.Common;
using Latchkey.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Web;

/// <summary>A store that cannot answer now is a 503 with <c>Retry-After</c> on every route.</summary>
internal static partial class StoreTrouble
{
    public static RouteGroupBuilder AnswerStoreTrouble(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception e) when (e is StoreBusyException or DbException)
            {
                // Nothing was decided. An app keeps its lease and asks again, so this must not look like a no.
                var http = context.HttpContext;
                Log.NotAnswered(
                    http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreTrouble)),
                    http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, e.GetType().Name, e);
                return Problems.Unavailable("The server cannot answer now; ask again. An app keeps the lease it has.");
            }
        });
        return group;
    }

    private static partial class Log
    {
        [LoggerMessage(2301, LogLevel.Warning, "{Route} was answered 503 because of the store ({Fault}); whoever asked may ask again")]
        public static partial void NotAnswered(ILogger logger, string? route, string fault, Exception e);
    }
}
