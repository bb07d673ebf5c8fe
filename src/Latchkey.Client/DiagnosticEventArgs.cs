namespace Latchkey.Client;

/// <summary>Something was ignored, and what is stored was kept. For a log; holds no secrets.</summary>
public sealed class DiagnosticEventArgs(ClientCheck check, string detail) : EventArgs
{
    /// <summary>Which check failed.</summary>
    public ClientCheck Check { get; } = check;

    /// <summary>A word more, for a log.</summary>
    public string Detail { get; } = detail;
}
