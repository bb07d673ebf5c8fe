using System.Diagnostics;
using System.Globalization;

namespace Latchkey.Bench.StreamLoad;

/// <summary>
/// From the 200 of a ping to the message on the stream of the one whom it concerns. Each ping changes what its buyer may do: he buys,
/// gives back, buys again.
/// </summary>
internal sealed class Latency(int count)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly long[] _answered = new long[count];
    private readonly long[] _heard = new long[count];
    private readonly List<double> _micros = [];

    public static async Task<int> RunAsync(Uri server, string streamPath, string pingPath, string token, int count, int rate, int seconds)
    {
        var latency = new Latency(count);
        var streams = await Streams.OpenAsync(server, streamPath, count, token, latency.Hear);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = server };
        var rounds = Math.Max(1, rate * 5 / count); // until the code is compiled for good
        await latency.SendAsync(http, pingPath, 0, rounds * count, rate);
        await latency.HeardAsync(rounds * count);
        latency.Forget();

        var sent = rate * seconds;
        var failed = await latency.SendAsync(http, pingPath, rounds * count, sent, rate);
        await latency.HeardAsync(sent - failed);
        streams.Close();
        latency.Print(sent, failed);
        return failed == 0 && streams.Broken == 0 && latency.Measured == sent ? 0 : 1;
    }

    private int Measured
    {
        get
        {
            lock (_micros)
            {
                return _micros.Count;
            }
        }
    }

    private async Task HeardAsync(int pings)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Measured < pings && Stopwatch.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(20);
        }
    }

    /// <returns>How many were not answered with 200.</returns>
    private async Task<int> SendAsync(HttpClient http, string path, int first, int pings, int rate)
    {
        var failed = 0;
        var begun = Stopwatch.GetTimestamp();
        var running = new List<Task>(pings);
        for (var i = 0; i < pings; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            running.Add(SendOneAsync(first + i));
        }

        await Task.WhenAll(running);
        return failed;

        async Task SendOneAsync(int ping)
        {
            var stream = ping % count;
            using var content = new StringContent(Form(ping, stream, ping / count), null, "application/x-www-form-urlencoded");
            using var reply = await http.PostAsync(path.Replace("{n}", stream.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), content);
            Answer(stream);
            if (!reply.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref failed);
            }
        }
    }

    private void Answer(int stream)
    {
        lock (_micros)
        {
            _answered[stream] = Stopwatch.GetTimestamp();
            Settle(stream);
        }
    }

    private void Hear(int stream, int states)
    {
        lock (_micros)
        {
            _heard[stream] = Stopwatch.GetTimestamp();
            Settle(stream);
        }
    }

    private void Settle(int stream)
    {
        if (_answered[stream] != 0 && _heard[stream] != 0)
        {
            _micros.Add((_heard[stream] - _answered[stream]) * 1e6 / Stopwatch.Frequency);
            (_answered[stream], _heard[stream]) = (0, 0);
        }
    }

    private void Forget()
    {
        lock (_micros)
        {
            _micros.Clear();
        }
    }

    private void Print(int sent, int failed)
    {
        lock (_micros)
        {
            var sorted = _micros.Select(m => Math.Max(0, m)).Order().ToList();
            var early = _micros.Count(m => m <= 0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"result {sent} {sorted.Count} {sent - failed - sorted.Count} {early} {At(sorted, 0.5):0} {At(sorted, 0.9):0} {At(sorted, 0.99):0} {At(sorted, 1):0}"));
        }
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static string Form(int ping, int buyer, int round)
    {
        // In rounds 0, 2, 4 he buys; in 1, 3, 5 he gives back what he bought the round before.
        var sale = round - (round % 2);
        var back = round % 2 == 1;
        return "seller_id=7lR_y_Sk2ZkQJWz6F1AYkg%3D%3D&product_id=8F_LHPDdm1JxZGU-reMQVQ%3D%3D&product_name=Keyboard%20Wizard&permalink=kbdwiz"
            + "&product_permalink=https%3A%2F%2Finkwellapps.gumroad.com%2Fl%2Fkbdwiz&short_product_id=kbdwiz"
            + $"&email=buyer{buyer}%40example.org&price=4900&gumroad_fee=540&currency=usd&quantity=1&discover_fee_charged=false&can_contact=true"
            + $"&order_number={100_000_000 + ping}&sale_id=r{sale:0000}b{buyer:000000}%3D%3D&sale_timestamp=2026-03-14T09%3A26%3A53Z&full_name=Mara%20Ito"
            + "&purchaser_id=2944534898501&variants%5BVersion%5D=Pro&ip_country=Japan&is_gift_receiver_purchase=false&disputed=false&dispute_won=false"
            + (back ? "&refunded=true&resource_name=refund" : "&refunded=false&resource_name=sale");
    }
}
