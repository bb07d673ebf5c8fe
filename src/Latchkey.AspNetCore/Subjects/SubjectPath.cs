using System.Diagnostics.CodeAnalysis;
using Latchkey.AspNetCore.Web;
using Latchkey.Subjects;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Subjects;

/// <summary>The subject in a path.</summary>
internal static class SubjectPath
{
    /// <param name="segment">As routing gives it: decoded, except for slashes.</param>
    public static bool TryRead(string segment, out string subject, [NotNullWhen(false)] out IResult? problem)
    {
        var named = Subject.TryParse(segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), out subject);
        problem = named
            ? null
            : Problems.Invalid("subject", "A subject is 'user:' and your own id of a user, or 'email:' and an address, at most 320 characters: user:42, email:mara@example.org.");
        return named;
    }
}
