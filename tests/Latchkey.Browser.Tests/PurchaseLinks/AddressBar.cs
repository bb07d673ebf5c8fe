using System.Web;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>What a buyer can do to an address.</summary>
internal static class AddressBar
{
    public static string? Parameter(string address, string name) => HttpUtility.ParseQueryString(new Uri(address).Query)[name];

    public static string With(string address, string name, string value) => Changed(address, name, value);

    public static string Without(string address, string name) => Changed(address, name, null);

    private static string Changed(string address, string name, string? value)
    {
        var uri = new Uri(address);
        var query = HttpUtility.ParseQueryString(uri.Query);
        query.Remove(name);
        if (value is not null)
        {
            query[name] = value;
        }

        return $"{uri.GetLeftPart(UriPartial.Path)}?{query}";
    }
}
