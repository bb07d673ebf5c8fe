using System.Buffers;
using Latchkey.Inbox;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>An address without a good secret is never opened.</summary>
internal sealed class GumroadPingOptionsValidator : IValidateOptions<GumroadPingOptions>
{
    private const int ShortestToken = 16;
    private const int SmallestBody = 1024;

    private static readonly TimeSpan GumroadsPatience = TimeSpan.FromSeconds(5);

    // What needs no escape in an address: Gumroad sends a Basic password as it was typed.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public ValidateOptionsResult Validate(string? name, GumroadPingOptions options)
    {
        var wrong = new ValidateOptionsResultBuilder();
        if (!options.Secrets.Any())
        {
            wrong.AddError(
                $"Gumroad:Token is not set, so anybody could send pings to {name}. Set it (or Token in AddGumroadPings) to a long random text, "
                + "and end the address you give Gumroad with ?token= and that text.");
        }

        if (options.Secrets.Any(t => t.Length < ShortestToken || t.AsSpan().ContainsAnyExcept(TokenCharacters)))
        {
            wrong.AddError($"Gumroad:Token or one of Gumroad:Tokens for {name} can be guessed or would not survive in an address; use {ShortestToken} or more of A-Z a-z 0-9 - _ . ~");
        }

        if (options.MaxBodyBytes is < SmallestBody or > Receiver.MaxBodyBytes)
        {
            wrong.AddError($"Gumroad:MaxBodyBytes for {name} is {options.MaxBodyBytes}; use {SmallestBody} to {Receiver.MaxBodyBytes}.");
        }

        if (options.HandlerTimeLimit <= TimeSpan.Zero || options.HandlerTimeLimit >= GumroadsPatience)
        {
            wrong.AddError($"Gumroad:HandlerTimeLimit for {name} is {options.HandlerTimeLimit}; Gumroad waits 5 seconds, so use 00:00:04 or a little less.");
        }

        return wrong.Build();
    }
}
