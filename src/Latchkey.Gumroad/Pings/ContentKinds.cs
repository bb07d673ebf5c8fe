namespace Latchkey.Gumroad.Pings;

internal enum ContentKind
{
    Form,
    Json,
    Unknown,
}

/// <summary>Which of the two encodings a Content-Type header names.</summary>
internal static class ContentKinds
{
    public static ContentKind Of(string? contentType)
    {
        var mediaType = contentType.AsSpan();
        var semicolon = mediaType.IndexOf(';');
        mediaType = (semicolon < 0 ? mediaType : mediaType[..semicolon]).Trim();

        if (mediaType.IsEmpty || mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Form;
        }

        var json = mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
        return json ? ContentKind.Json : ContentKind.Unknown;
    }
}
