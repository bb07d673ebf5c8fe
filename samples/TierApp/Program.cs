using Latchkey.Simulator;
using TierApp;

string[] settings = ["--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=None"]; // what stops a start is told below, in one line
await using var demo = args.Contains("--demo") ? await Demo.OpenAsync(new SimulatorOptions { PingSpeed = 10, Products = [Demo.Membership] }) : null;
if (demo is not null)
{
    settings = [.. settings, "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", "--urls=http://127.0.0.1:5082"];
}

WebApplication app;
try
{
    app = TierSite.Build([.. settings, .. args.Where(arg => arg != "--demo")], demo?.Settings);
    await app.StartAsync();
}
catch (Exception e) when (e is IOException or InvalidOperationException) // the port is taken, or a setting is missing
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await using (app)
{
    if (demo is not null)
    {
        await demo.AllowAsync(app.Urls);
        Console.WriteLine($"""
            app       {app.Urls.First() + "/",-30}  sign in, and leave this page open
            Gumroad   {demo.Gumroad.Address + "seller",-30}  a simulated one: refund here what you bought by the app's own links

            Everything is thrown away when you stop this with Ctrl+C.
            """);
    }

    await app.WaitForShutdownAsync();
}

return 0;
