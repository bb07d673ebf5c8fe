namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>What is to be done for a link at Gumroad next, and when. Pure.</summary>
internal static class LinkChoreTimes
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestMaking = TimeSpan.FromMinutes(15);

    /// <summary>After its checkout was opened. Pings that come at all come within some 15 minutes.</summary>
    private static readonly TimeSpan[] Looks = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>For a link stored before anything is made for it: if making it breaks off, what is left is taken away.</summary>
    public static LinkChore? WhileMaking(PurchaseLink link, DateTimeOffset now) =>
        link.Strength == LinkStrength.Token ? null : new(LinkChores.Remove, now + LongestMaking);

    /// <summary>For a link that can now be opened: what was made goes again when its time is over.</summary>
    public static LinkChore? AfterMaking(PurchaseLink link) =>
        link.Strength == LinkStrength.Token ? null : new(LinkChores.ReadBack, link.ExpiresAt);

    /// <summary>For a link whose checkout was opened for the first time.</summary>
    public static LinkChore? AfterOpening(PurchaseLink link, DateTimeOffset now) =>
        link.Chore is { Kind: not LinkChores.ReadBack } other ? other : new(LinkChores.ReadBack, Earlier(now + Looks[0], link.ExpiresAt));

    /// <summary>After a look in Gumroad's sales.</summary>
    public static LinkChore? AfterReading(PurchaseLink link, DateTimeOffset now)
    {
        if (now >= link.ExpiresAt)
        {
            return link.Strength == LinkStrength.Token ? null : RemoveNow(now);
        }

        if (link.OpenedAt is not { } opened)
        {
            return AfterMaking(link);
        }

        var next = Looks.Select(l => (DateTimeOffset?)(opened + l)).FirstOrDefault(at => at > now) ?? link.ExpiresAt;
        return new(LinkChores.ReadBack, Earlier(next, link.ExpiresAt));
    }

    /// <summary>Tried again, ever later, for as long as it takes. A look after a link's time that cannot succeed is not repeated.</summary>
    public static LinkChore? AfterFailure(PurchaseLink link, LinkChore failed, string error, DateTimeOffset now)
    {
        if (failed.Kind == LinkChores.ReadBack && now >= link.ExpiresAt && !LinkErrors.IsPassing(error))
        {
            return AfterReading(link, now);
        }

        var again = now + Shorter(FirstPause * Math.Pow(2, Math.Min(failed.Attempts, 20)), LongestPause);
        var due = failed.Kind == LinkChores.ReadBack && now < link.ExpiresAt ? Earlier(again, link.ExpiresAt) : again;
        return failed with { DueAt = due, Attempts = failed.Attempts + 1, LastError = error };
    }

    public static LinkChore RemoveNow(DateTimeOffset now) => new(LinkChores.Remove, now);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
