namespace Latchkey.Server.Tests.Running;

/// <summary>Stands before every commit of the store, open until it is shut.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);

    public void Shut() => _open.Reset();

    public void Open() => _open.Set();

    /// <summary>From now on nothing passes: thrown instead.</summary>
    public Exception? Fault { get; set; }

    public void Pass()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }

        _open.Wait();
    }

    public void Dispose() => _open.Dispose();
}
