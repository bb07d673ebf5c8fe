using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>
/// The simulator's own controls for scripts and other languages, all JSON and all under <c>/simulator</c>:
/// <list type="bullet">
/// <item><c>GET /simulator/clock</c> tells <c>now</c> and <c>speed</c>; <c>PUT</c> with <c>speed</c> sets how many times faster than the real
/// clock it runs, 0 stops it; <c>POST /simulator/clock/advance</c> with <c>seconds</c> or <c>days</c> moves it on and answers once everything due has happened.</item>
/// <item><c>GET /simulator/faults</c> tells the dials; <c>PUT</c> sets those it names, each 0 to 1, and <c>seed</c>.</item>
/// <item><c>GET /simulator/pings</c> tells the attempts, newest first, at most <c>limit</c> (100).</item>
/// <item><c>GET /simulator/applications</c> tells the registered OAuth applications; <c>POST</c> with <c>name</c> and, if wanted,
/// <c>redirect_uri</c> registers one.</item>
/// <item><c>POST /simulator/tokens</c> with <c>scopes</c> and, if wanted, <c>application_id</c> makes an access token; without scopes one for everything.</item>
/// <item><c>POST /simulator/imported_customers</c> brings in somebody who bought elsewhere; see <see cref="Api.ImportEndpoints"/>.</item>
/// </list>
/// Bad input is a 400 whose <c>error</c> says what to write instead.
/// </summary>
internal static class ControlSite
{
    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator)
    {
        ClockControl.Map(routes, simulator);
        FaultControl.Map(routes, simulator);
        PingControl.Map(routes, simulator);
        TokenControl.Map(routes, simulator);
    }
}
