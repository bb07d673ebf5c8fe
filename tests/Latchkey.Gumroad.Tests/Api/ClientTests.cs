using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

public class ClientTests
{
    [Theory]
    [InlineData("https://api.gumroad.com/v2/")]
    [InlineData("https://api.gumroad.com/v2")]
    [InlineData("http://127.0.0.1:5081/gumroad/v2")]
    public async Task The_address_needs_no_slash_at_its_end(string url)
    {
        var gumroad = Exchange.OfFiles("user_show");

        await gumroad.Client(o => o.ApiUrl = new Uri(url)).User.GetAsync();

        Assert.Equal(url.TrimEnd('/') + "/user", gumroad.Only.Address.ToString());
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        var gumroad = Exchange.OfFiles("user_show");

        var e = await Assert.ThrowsAsync<GumroadTokenException>(() => gumroad.Client(o => o.AccessToken = null).User.GetAsync());

        Assert.Empty(gumroad.Sent);
        Assert.Null(e.HttpStatus);
        Assert.Equal("GET /user needs an access token and there is none. Set GumroadClientOptions.AccessToken.", e.Message);
    }

    [Fact]
    public async Task A_token_with_a_line_end_from_a_file_is_used_without_it()
    {
        var gumroad = Exchange.OfFiles("user_show");

        await gumroad.Client(o => o.AccessToken = Exchange.Token + "\n").User.GetAsync();

        Assert.Equal("Bearer " + Exchange.Token, gumroad.Only.Authorization);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_named_and_no_token_is_shown()
    {
        Refused("AccessToken", o => o.AccessToken = "two words-3f9a");
        Refused("AccessToken", o => o.AccessToken = " ");
        Refused("ApiUrl", o => o.ApiUrl = new Uri("v2", UriKind.Relative));
        Refused("ApiUrl", o => o.ApiUrl = new Uri("ftp://example.org"));
        Refused("ApiUrl", o => o.ApiUrl = new Uri("https://example.org/v2?access_token=3f9a"));
        Refused("MaxRetries", o => o.MaxRetries = -1);
        Refused("Timeout", o => o.Timeout = TimeSpan.Zero);

        static void Refused(string option, Action<GumroadClientOptions> configure)
        {
            var e = Assert.Throws<ArgumentException>(() => new Exchange().Client(configure));
            Assert.StartsWith(option, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("3f9a", e.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_secret_that_an_answer_repeats_reaches_the_error()
    {
        var gumroad = Exchange.OfJson($$"""{"success":false,"message":"{{Exchange.Token}} EF8F9E9E-1BF44E7C {{new string('x', 500)}}"}""");

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().Licenses.DisableAsync("p", "EF8F9E9E-1BF44E7C"));

        Assert.StartsWith("… … xxx", e.Words, StringComparison.Ordinal);
        Assert.Equal(301, e.Words!.Length);
        Assert.DoesNotContain(Exchange.Token, e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Exchange.Token, new GumroadClientOptions { AccessToken = Exchange.Token }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>maintenance</html>")]
    [InlineData("""{"success":true,"sale":{"id":"s" """)]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"success":true,"sale":null}""")]
    [InlineData("""{"success":true,"sale":[]}""")]
    [InlineData("""{"success":true,"sale":{"id":"s"}}""")]
    [InlineData("""{"success":true,"sale":{"created_at":"2026-03-14T09:26:53Z"}}""")]
    [InlineData("""{"success":true,"sale":{"id":null,"created_at":"2026-03-14T09:26:53Z"}}""")]
    [InlineData("""{"success":true,"sale":{"id":"s","created_at":"lately"}}""")]
    [InlineData("""{"success":true,"sale":{"id":"s","created_at":"2026-03-14T09:26:53Z","refunded":"some of it"}}""")]
    public async Task A_broken_answer_is_an_error_of_its_own(string body)
    {
        var gumroad = Exchange.OfJson(body);

        var e = await Assert.ThrowsAsync<GumroadAnswerException>(() => gumroad.Client().Sales.GetAsync("s"));

        Assert.Single(gumroad.Sent);
        Assert.DoesNotContain("some of it", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        var gumroad = new Exchange().Then(() => new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) });

        await Assert.ThrowsAsync<GumroadAnswerException>(() => gumroad.Client().Sales.GetAsync("s"));
    }

    [Fact]
    public async Task A_page_that_names_itself_as_the_next_ends_the_walk()
    {
        var gumroad = Exchange.OfJson("""{"success":true,"sales":[],"next_page_key":"k"}""");

        await Assert.ThrowsAsync<GumroadAnswerException>(async () => await gumroad.Client().Sales.ListAsync().ToListAsync());

        Assert.Equal(2, gumroad.Sent.Count);
    }

    [Fact]
    public async Task A_walk_fetches_no_page_before_it_is_needed()
    {
        var gumroad = Exchange.OfFiles("sales_page", "sales_last_page");

        Assert.Equal(10, (await gumroad.Client().Sales.ListAsync().Take(10).ToListAsync()).Count);

        Assert.Single(gumroad.Sent);
    }

    [Fact]
    public async Task A_walk_can_be_cancelled_between_items()
    {
        using var stop = new CancellationTokenSource();
        var gumroad = Exchange.OfFiles("sales_page");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var sale in gumroad.Client().Sales.ListAsync().WithCancellation(stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.Single(gumroad.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_would_address_something_else_is_not_sent(string id)
    {
        var gumroad = Exchange.OfFiles("products_index");

        await Assert.ThrowsAsync<ArgumentException>(async () => await gumroad.Client().Products.DeleteAsync(id));
        await Assert.ThrowsAsync<ArgumentException>(async () => await gumroad.Client().CustomFields.DeleteAsync("p", id));

        Assert.Empty(gumroad.Sent);
    }

    [Fact]
    public async Task An_id_stays_one_segment_of_the_path()
    {
        var gumroad = Exchange.OfFiles("product_deleted");

        await gumroad.Client().Products.DeleteAsync("../sales?x=1#y");

        Assert.Equal("/v2/products/..%2Fsales%3Fx%3D1%23y", gumroad.Only.Address.AbsolutePath);
    }

    [Fact]
    public void A_handler_or_client_of_ones_own_is_not_disposed()
    {
        var gumroad = Exchange.OfFiles("user_show");
        gumroad.Client().Dispose();
        using (var http = new HttpClient(gumroad, disposeHandler: true))
        {
            new GumroadClient(http, new GumroadClientOptions()).Dispose();
            Assert.False(gumroad.IsDisposed);
        }

        Assert.True(gumroad.IsDisposed);
    }

    [Fact]
    public async Task A_client_of_ones_own_is_used_as_it_is()
    {
        var gumroad = Exchange.OfFiles("user_show");
        using var http = new HttpClient(gumroad) { BaseAddress = new Uri("https://elsewhere.example/") };
        using var client = new GumroadClient(http, new GumroadClientOptions { AccessToken = Exchange.Token });

        await client.User.GetAsync();

        Assert.Equal("https://api.gumroad.com/v2/user", gumroad.Only.Address.ToString());
    }

    [Fact]
    public async Task Payouts_are_read_with_their_amounts()
    {
        var gumroad = Exchange.OfJson("""
            {"success":true,"payouts":[{"id":null,"amount":"777.77","currency":"usd","status":"payable","created_at":null,"processed_at":null,
            "payment_processor":"stripe","bank_account_visual":"******6789","paypal_email":null,"sales":["a","b"]}]}
            """);

        var payout = Assert.Single(await gumroad.Client().Payouts.GetUpcomingAsync());

        Assert.Equal((null, 777.77m, "usd", "payable", null), (payout.Id, payout.Amount, payout.Currency, payout.Status, payout.PaypalEmail));
        Assert.Equal(["a", "b"], payout.SaleIds);
        Assert.Empty(payout.RefundedSaleIds);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
