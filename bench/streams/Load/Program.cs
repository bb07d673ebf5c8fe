using System.Globalization;
using Latchkey.Bench.StreamLoad;

// Load idle SERVER PATH COUNT TOKEN                            opens streams, prints "open COUNT", holds them until its input ends
// Load latency SERVER STREAMS PINGS TOKEN COUNT RATE SECONDS   prints "result SENT HEARD MISSED EARLY P50_US P90_US P99_US MAX_US"
// In a path, {n} stands for the number of the stream.
switch (args)
{
    case ["idle", var server, var path, var count, var token]:
        var held = await Streams.OpenAsync(new Uri(server), path, int.Parse(count, CultureInfo.InvariantCulture), token, static (_, _) => { });
        Console.WriteLine($"open {held.Count}");
        await Console.In.ReadToEndAsync();
        held.Close();
        return held.Broken == 0 ? 0 : 1;
    case ["latency", var server, var streams, var pings, var token, var count, var rate, var seconds]:
        return await Latency.RunAsync(
            new Uri(server), streams, pings, token,
            int.Parse(count, CultureInfo.InvariantCulture), int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("See Program.cs.");
        return 2;
}
