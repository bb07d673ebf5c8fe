using System.Text;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Files that are part of the program.</summary>
internal static class Embedded
{
    public static byte[] Bytes(string name)
    {
        using var resource = typeof(Embedded).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
