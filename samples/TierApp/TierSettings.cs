namespace TierApp;

/// <summary>What the app has to be told; section <c>TierApp</c> of the configuration.</summary>
/// <param name="Server">Where Latchkey answers, for this backend and for browsers.</param>
/// <param name="Tenant">Whose products these are.</param>
/// <param name="Token">Of the tenant, with the scopes <c>read</c> and <c>streams</c>.</param>
/// <param name="SubjectSecret">With which users' ids are signed.</param>
/// <param name="Product">Latchkey's name of what is sold.</param>
/// <param name="BuyPro">The address at Gumroad where one becomes a pro.</param>
/// <param name="BuyInfluencer">The same for influencers.</param>
/// <param name="ChangePlan">Where members change their plan at Gumroad.</param>
internal sealed record TierSettings(
    string Server, string Tenant, string Token, string SubjectSecret, string Product, string BuyPro, string BuyInfluencer, string ChangePlan)
{
    /// <exception cref="InvalidOperationException">Names every setting that is missing.</exception>
    public static TierSettings Read(IConfiguration configuration)
    {
        var missing = new List<string>();
        var settings = new TierSettings(
            Of("Server"), Of("Tenant"), Of("Token"), Of("SubjectSecret"), Of("Product"), Of("BuyPro"), Of("BuyInfluencer"), Of("ChangePlan"));
        return missing.Count == 0 ? settings : throw new InvalidOperationException($"Set {string.Join(", ", missing)}; or try it with --demo.");

        string Of(string name)
        {
            if (configuration["TierApp:" + name] is { Length: > 0 } value)
            {
                return value;
            }

            missing.Add("TierApp:" + name);
            return string.Empty;
        }
    }
}
