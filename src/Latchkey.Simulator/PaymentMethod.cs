namespace Latchkey.Simulator;

/// <summary>How a purchase is paid.</summary>
public enum PaymentMethod
{
    /// <summary>A card ending in 4242.</summary>
    Card,

    /// <summary>PayPal; the ping's <c>card[visual]</c> is then the payer's address.</summary>
    PayPal,
}
