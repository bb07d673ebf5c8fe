using Microsoft.Extensions.Options;
using OneTime;

WebApplication? app = null;
Demo? demo = null;
try
{
    if (args.Contains("--demo"))
    {
        demo = await Demo.OpenAsync(new() { PingSpeed = 10, Products = [Demo.Star], AllowPrivateAddresses = true }, [.. args.Where(arg => arg != "--demo")]);
        app = demo.App;
    }
    else
    {
        app = StarSite.Build(args);
        await app.StartAsync();
    }

    if (demo is not null)
    {
        Console.WriteLine($"""
            app       {app.Urls.First() + "/",-30}  sign in, choose a star, name it, and pay
            Gumroad   {demo.Gumroad.Address + "seller",-30}  a simulated one: refund here what you bought

            Everything is thrown away when you stop this with Ctrl+C.
            """);
    }

    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is IOException or InvalidOperationException or OptionsValidationException) // the port is taken, or a setting is missing
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
finally
{
    if (demo is not null)
    {
        await demo.DisposeAsync();
    }
    else if (app is not null)
    {
        await app.DisposeAsync();
    }
}
