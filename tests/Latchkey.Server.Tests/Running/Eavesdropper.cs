using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.Running;

/// <summary>Hears everything: log messages with their values, scopes and exceptions, and the spans of all sources with their tags.</summary>
[ProviderAlias("Eavesdropper")]
internal sealed class Eavesdropper : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _listener;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public Eavesdropper()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Texts => _texts;

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => _listener.Dispose();

    private void Hear(Activity span)
    {
        _texts.Enqueue($"{span.Source.Name} {span.OperationName} {span.DisplayName} {span.StatusDescription}");
        foreach (var (name, value) in span.TagObjects.Concat(span.Events.SelectMany(e => e.Tags)).Concat(span.Baggage.Select(b => new KeyValuePair<string, object?>(b.Key, b.Value))))
        {
            _texts.Enqueue($"{span.Source.Name} {name}={value}");
        }
    }

    private void Hear(object? state)
    {
        _texts.Enqueue($"{state}");
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            _texts.Enqueue($"{name}={value}");
        }
    }

    private sealed class Ear(Eavesdropper owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            owner._texts.Enqueue($"{category} {eventId}: {formatter(state, exception)} {exception}");
            owner.Hear(state);
            owner._scopes.ForEachScope(static (scope, ear) => ear.Hear(scope), owner);
        }
    }
}
