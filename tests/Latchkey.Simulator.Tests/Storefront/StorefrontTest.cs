using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

/// <summary>A simulator and somebody who clicks through its pages.</summary>
public abstract class StorefrontTest : SimulatorTest
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler());

    internal GumroadSimulator Simulator { get; private set; } = null!;

    internal async Task OpenAsync(SimulatorOptions? options = null)
    {
        Simulator = await StartAsync(options ?? Options().SubscribeAll(Receiver.Url));
        _browser.BaseAddress = Simulator.Address;
    }

    /// <summary>The page, in which no markup is broken as far as can be told.</summary>
    internal async Task<string> PageAsync(string path)
    {
        var answer = await _browser.GetAsync(path, Limit);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} answers {(int)answer.StatusCode}: {page}");
        return page;
    }

    internal async Task<HttpStatusCode> StatusAsync(string path) => (await _browser.GetAsync(path, Limit)).StatusCode;

    internal async Task<HttpResponseMessage> GetAsync(string path) => await _browser.GetAsync(path, Limit);

    internal async Task<HttpResponseMessage> SendAsync(PageForm form) => await _browser.PostAsync(form.Action, form.Content(), Limit);

    internal async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] pairs) =>
        await _browser.PostAsync(path, new FormUrlEncodedContent(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))), Limit);

    /// <summary>Presses the button of a form on a page.</summary>
    /// <returns>The page it leads to.</returns>
    internal async Task<string> PressAsync(string path, string action, params (string Name, string? Value)[] typed)
    {
        var form = PageForm.Of(await PageAsync(path), action);
        foreach (var (name, value) in typed)
        {
            form.With(name, value);
        }

        var answer = await SendAsync(form);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{action} answers {(int)answer.StatusCode}: {page}");
        return page;
    }

    /// <summary>Fills the checkout's form and pays.</summary>
    internal async Task<SimulatedSale> CheckOutAsync(string path, params (string Name, string? Value)[] typed)
    {
        var sales = Simulator.Sales.Count;
        var slug = path.Split('/')[2].Split('?')[0];
        await PressAsync(path, "/checkout/" + slug, [("email", "mara@example.org"), .. typed]);
        return Simulator.Sales[sales];
    }

    internal async Task<Received> PingAsync(string resource = "sale")
    {
        await Simulator.WhenQuietAsync(Limit);
        return Receiver.Requests.Last(ping => ping["resource_name"] == resource);
    }
}
