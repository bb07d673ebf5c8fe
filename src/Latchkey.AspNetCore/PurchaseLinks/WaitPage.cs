using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>The page that waits, written with the state of the moment; its script keeps it true. Nothing of the buyer is on it.</summary>
internal static class WaitPage
{
    /// <summary>Says that the visitor wanted to open the checkout of a link that was used.</summary>
    public const string UsedParameter = "used";

    private const string PlainColor = "#1a1a1a";
    private static readonly string Template = Embedded.Text("wait.html");
    private static readonly string Style = Embedded.Text("wait.css");

    public static IResult Unknown(HttpContext http)
    {
        var (title, text) = WaitTexts.Unknown;
        return Page(http, null, new(title, text) { Ended = true }, StatusCodes.Status404NotFound);
    }

    public static IResult Of(HttpContext http, TenantContext tenant, PurchaseLink link, LinkStanding standing, string token, bool isUsed)
    {
        // Who comes back to a link that was redeemed goes on to the app; who only tried the checkout again is told that it is used.
        isUsed &= standing.State == LinkStanding.Redeemed;
        var (title, text) = isUsed ? WaitTexts.Used : WaitTexts.Of(standing, link.ReturnUrl is not null);
        var page = new Shown(title, text)
        {
            Ended = isUsed || standing.State == LinkStanding.Cancelled,
            Checkout = standing.State == LinkStanding.Open ? $"../../go/{tenant.Id}/{token}" : null,
            CheckoutWords = link.OpenedAt is null ? "Open the checkout" : "Open the checkout again",
            Back = link.ReturnUrl is null ? null : $"{token}/back{(isUsed ? "?" + UsedParameter : string.Empty)}",
            BackWords = standing.State == LinkStanding.Redeemed ? "Continue" : "Back to the app",
            WasOpened = link.OpenedAt is not null,
        };
        return Page(http, tenant, page, StatusCodes.Status200OK);
    }

    private static IResult Page(HttpContext http, TenantContext? tenant, Shown page, int status)
    {
        var brand = tenant?.Integration.Brand;
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var color = brand?.Color ?? PlainColor;
        var logo = brand?.LogoUrl is { } url ? new Uri(url) : null;
        http.Response.Headers.ContentSecurityPolicy = PolicyOf(tenant, nonce, logo);
        var html = Filled(new()
        {
            ["nonce"] = nonce,
            ["style"] = Style,
            ["color"] = color,
            ["ink"] = IsLight(color) ? "#000" : "#fff",
            ["seller"] = Encoded(brand?.Name ?? tenant?.Tenant.Name ?? string.Empty),
            ["logo"] = logo is null ? string.Empty : $"<img src=\"{Encoded(logo.AbsoluteUri)}\" alt=\"\" referrerpolicy=\"no-referrer\">",
            ["title"] = Encoded(page.Title),
            ["text"] = Encoded(page.Text),
            ["ended"] = page.Ended ? "true" : "false",
            ["opened"] = page.WasOpened ? "true" : "false",
            ["refresh"] = page.Ended ? string.Empty : "<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>",
            ["script"] = page.Ended ? string.Empty : "<script type=\"module\" src=\"../../latchkey-wait.js\"></script>",
            ["checkout"] = Encoded(page.Checkout ?? string.Empty),
            ["checkout_hidden"] = page.Checkout is null ? "hidden" : string.Empty,
            ["checkout_words"] = page.CheckoutWords,
            ["back"] = Encoded(page.Back ?? string.Empty),
            ["back_hidden"] = page.Back is null ? "hidden" : string.Empty,
            ["back_words"] = page.BackWords,
        });
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>Only our own script and style run, and only pages of the seller may frame it.</summary>
    private static string PolicyOf(TenantContext? tenant, string nonce, Uri? logo)
    {
        var frames = string.Join(' ', (tenant?.Integration.AllowedOrigins ?? []).Prepend("'self'"));
        var images = logo?.GetLeftPart(UriPartial.Authority) ?? "'none'";
        return $"default-src 'none'; script-src 'self'; style-src 'nonce-{nonce}'; img-src {images}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}";
    }

    private static string Filled(Dictionary<string, string> values)
    {
        var parts = Template.Split("{{");
        return parts[0] + string.Concat(parts.Skip(1).Select(p => p.Split("}}", 2) is [var name, var rest] ? values[name] + rest : p));
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>By the weights of WCAG's relative luminance, without its curve: near enough to choose between black and white.</summary>
    private static bool IsLight(string color)
    {
        int Part(int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5)) > 140;
    }

    private sealed record Shown(string Title, string Text)
    {
        /// <summary>Nothing more comes.</summary>
        public bool Ended { get; init; }

        /// <summary>Of the checkout, as seen from the page; null when there is none to open.</summary>
        public string? Checkout { get; init; }

        public string CheckoutWords { get; init; } = string.Empty;

        /// <summary>To the app; null when the link names none.</summary>
        public string? Back { get; init; }

        public string BackWords { get; init; } = string.Empty;

        public bool WasOpened { get; init; }
    }
}
