using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>How an app sends its users to pay, and how their returns are answered. Section <c>Latchkey:PurchaseLinks</c>.</summary>
public sealed class PurchaseLinkOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string Section = "Latchkey:PurchaseLinks";

    /// <summary>Whose links these are. Needed once the installation has more than one tenant.</summary>
    public string? Tenant { get; set; }

    /// <summary>
    /// After how long a call of the handler that a crash cut off is made again. A call that is still at work keeps its claim for as long as it
    /// takes. 5 s to 1 h; default 60 s.
    /// </summary>
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the handler is left to the buyer's own return before it is called without it: 0 to 10 min; default 10 s.
    /// </summary>
    public TimeSpan WaitForReturn { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a return waits while the handler is at work for the same purchase elsewhere, before it answers with a page that asks again:
    /// 0 to 1 min; default 10 s.
    /// </summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(10);
}

internal sealed class PurchaseLinkOptionsValidator : IValidateOptions<PurchaseLinkOptions>
{
    public ValidateOptionsResult Validate(string? name, PurchaseLinkOptions options)
    {
        var wrong = new ValidateOptionsResultBuilder();
        Check(nameof(options.ClaimFor), options.ClaimFor, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));
        Check(nameof(options.WaitForReturn), options.WaitForReturn, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(nameof(options.AnswerWithin), options.AnswerWithin, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        return wrong.Build();

        void Check(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                wrong.AddError($"{PurchaseLinkOptions.Section}:{key} is {value}; use {least} to {most}.");
            }
        }
    }
}
