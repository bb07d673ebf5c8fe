using Latchkey.Client;

// Activates with the key, or says what is known offline.
if (args.Length < 5)
{
    Console.Error.WriteLine("ConsoleApp SERVER TENANT PRODUCT ROOT-KEY PREFIX [LICENSE-KEY]");
    return 2;
}

using var license = new LatchkeyClient(new() { Server = new(args[0]), Tenant = args[1], Product = args[2], RootKeys = [args[3]], KeyPrefixes = [args[4]] });
if (args.Length > 5)
{
    Console.WriteLine(await license.ActivateAsync(args[5]));
}

var state = license.State;
Console.WriteLine($"{state.Status} {state.Tier} [{string.Join(", ", state.Entitlements)}]{(license.Has("export") ? ": export is on" : "")}");
return 0;
