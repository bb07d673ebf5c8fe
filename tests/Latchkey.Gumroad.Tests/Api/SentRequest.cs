namespace Latchkey.Gumroad.Tests.Api;

/// <summary>What the client sent, in plain words: the path and parameters are unescaped.</summary>
internal sealed record SentRequest(string Line, string Parameters, Uri Address, string? Authorization, string UserAgent, string Accept)
{
    public static async Task<SentRequest> OfAsync(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        var query = address.Query.TrimStart('?');
        Assert.True(form.Length == 0 || query.Length == 0, "Parameters stand in the query or in the body, not in both.");
        return new SentRequest(
            $"{request.Method} {Uri.UnescapeDataString(address.AbsolutePath)}",
            Uri.UnescapeDataString((query + form).Replace('+', ' ')),
            address,
            request.Headers.Authorization?.ToString(),
            request.Headers.UserAgent.ToString(),
            request.Headers.Accept.ToString());
    }
}
