namespace Latchkey.Simulator.Pings;

/// <summary>How a redirect is followed. Sources: HTTParty for April 2025, <c>app/sidekiq/post_to_individual_ping_endpoint_worker.rb</c> for the newest.</summary>
internal readonly record struct RedirectRules(GumroadVersion Version)
{
    /// <summary>The answer to the last of them counts, whatever it is.</summary>
    public int Most => Version == GumroadVersion.April2025 ? 5 : 3;

    /// <summary>HTTParty goes on with GET, old body and all, unless told to keep the method; the newest always repeats the POST.</summary>
    public HttpMethod Next(HttpMethod method, int status) =>
        Version == GumroadVersion.April2025 && status is not (307 or 308) ? HttpMethod.Get : method;
}
