namespace Latchkey.Simulator.Seed;

/// <summary>Says what is wrong in a sentence with the place and the mend.</summary>
internal static class SeedCheck
{
    public static readonly string[] Recurrences = ["monthly", "quarterly", "biannually", "yearly", "every_two_years"];

    public static readonly string[] FieldTypes = ["text", "checkbox", "terms", "long_text", "file"];

    public static string Text(string? value, string path) =>
        string.IsNullOrWhiteSpace(value) ? throw Wrong(path, "is missing; give it text") : value;

    /// <summary>Text that stands in an address as it is.</summary>
    public static string Slug(string? value, string path) =>
        Text(value, path) is var slug && slug.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? slug
        : throw Wrong(path, $"'{slug}' cannot stand in an address; use letters, digits, - and _");

    public static string? OneOf(string? value, string path, IReadOnlyCollection<string> known) =>
        value is null || known.Contains(value) ? value : throw Wrong(path, $"'{value}' is none of {string.Join(", ", known)}");

    public static int? AtLeast(int least, int? value, string path) =>
        value < least ? throw Wrong(path, $"{value} is too small; use {least} or more") : value;

    public static Uri? Address(string? value, string path) =>
        value is null ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw Wrong(path, "is not a whole address; write it with http:// or https://");

    /// <summary>The items of a list, each with its path; none where it was left out.</summary>
    public static IEnumerable<(T Item, string Path)> Each<T>(IReadOnlyList<T>? items, string path) =>
        (items ?? []).Select((item, i) => item is null ? throw Wrong($"{path}[{i}]", "is null; leave it out") : (item, $"{path}[{i}]"));

    public static InvalidDataException Wrong(string path, string what) => new($"{path}: {what}.");
}
