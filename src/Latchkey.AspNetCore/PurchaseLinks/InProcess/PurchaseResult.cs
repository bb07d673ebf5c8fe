using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>
/// What became of a purchase link: a parameter of the handler mapped with <c>MapPurchaseReturn</c>. Whose purchase it is stands here and
/// not in the cookies of the request, which may be those of somebody else at the same browser, or missing.
/// </summary>
public sealed class PurchaseResult : IBindableFromHttpContext<PurchaseResult>
{
    /// <summary>The link's id; null when the return does not say which one it is.</summary>
    public string? Link { get; init; }

    /// <summary>It was paid, and fits. The handler is called so until it has answered once.</summary>
    public bool Succeeded => Error is null;

    /// <summary>Why there is no purchase, one of <see cref="PurchaseErrors"/>; null when there is one.</summary>
    public string? Error { get; init; }

    /// <summary>The app's own data of the link; null when it gave none, or the link is not known.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Whom the link was made for; if for nobody, whose purchase it is. <c>user:…</c> or <c>email:…</c>, null when neither is known.</summary>
    public string? Subject { get; init; }

    /// <summary>The purchase's id; null without one.</summary>
    public string? Purchase { get; init; }

    /// <summary>What the purchase grants; empty where no rule says anything.</summary>
    public IReadOnlyList<PurchasedLicense> Licenses { get; init; } = [];

    /// <summary>The buyer's address as Gumroad has it; null when it is not known.</summary>
    public string? Email { get; init; }

    /// <summary>The same for one link however often the handler is called: keep it with what you do, and do nothing when it is there. Null with an error.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The handler was called for this purchase before and did not come to its end: part of the work may be done.</summary>
    public bool IsRepeat { get; init; }

    internal JsonSerializerOptions Json { get; init; } = JsonSerializerOptions.Web;

    /// <summary>The app's own data, as it was given.</summary>
    /// <returns>Default when there is none.</returns>
    /// <exception cref="JsonException">It is not of this type.</exception>
    public T? GetData<T>() => Data is { } data ? data.Deserialize<T>(Json) : default;

    /// <summary>The link and the error; nobody's name.</summary>
    public override string ToString() => $"{Link ?? "no link"} {Error ?? "succeeded"}";

    static ValueTask<PurchaseResult?> IBindableFromHttpContext<PurchaseResult>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Features.Get<PurchaseResult>()
            ?? throw new InvalidOperationException("A PurchaseResult is handed to handlers that are mapped with MapPurchaseReturn."));

    internal PurchaseResult Attempted(int attempts) => new()
    {
        Link = Link,
        Error = Error,
        Data = Data,
        Subject = Subject,
        Purchase = Purchase,
        Licenses = Licenses,
        Email = Email,
        IdempotencyKey = IdempotencyKey,
        IsRepeat = attempts > 1,
        Json = Json,
    };
}
