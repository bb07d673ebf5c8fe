namespace Latchkey.Simulator;

/// <summary>Which Gumroad is played, wherever its versions are known to differ.</summary>
public enum GumroadVersion
{
    /// <summary>
    /// The code of today: timeouts and refused connections are retried, every redirect repeats the POST, <c>url_params</c>
    /// are kept with the purchase, products can be created through the API, lists of products come in pages.
    /// </summary>
    Newest,

    /// <summary>
    /// The code of April 2025: timeouts and refused connections lose the ping, 301 to 303 go on with GET, <c>url_params</c>
    /// stand in the first <c>sale</c> ping only, creating a product is a 404, all products come at once.
    /// </summary>
    April2025,
}
