namespace Latchkey.Gumroad.Api;

/// <summary>Whether a verification counts as a use of the key.</summary>
/// <remarks>Gumroad counts unless told not to, so this has to be said each time. <c>app/controllers/api/v2/licenses_controller.rb</c></remarks>
public enum IncrementUses
{
    /// <summary>Only look.</summary>
    No,

    /// <summary>Count one use: for the first activation on a device, say. Such a call is sent once.</summary>
    Yes,
}
