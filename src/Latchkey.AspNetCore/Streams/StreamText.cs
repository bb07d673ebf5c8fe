using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Latchkey.AspNetCore.Subjects;
using Latchkey.AspNetCore.Web;
using Latchkey.Outbox;
using Latchkey.Streams;
using Latchkey.Subjects;

namespace Latchkey.AspNetCore.Streams;

/// <summary>Server-Sent Events: <c>id</c> is the position in the outbox, <c>event</c> the kind, <c>data</c> one line of JSON.</summary>
internal sealed class StreamText(TimeProvider time) : IStreamText
{
    public const string StateEvent = "entitlements";
    public const string HelloEvent = "hello";

    public ReadOnlyMemory<byte> Heartbeat { get; } = ":\n\n"u8.ToArray();

    public ReadOnlyMemory<byte> Hello(long position) => One(position, HelloEvent, new HelloData(position), StreamJson.Default.HelloData);

    public ReadOnlyMemory<byte> State(SubjectSnapshot snapshot, IReadOnlyList<string> claims) =>
        One(snapshot.Position, StateEvent, EntitlementsReply.Of(snapshot, claims, time.GetUtcNow()), WebJson.Default.EntitlementsReply);

    public StreamPage Page(IReadOnlyList<OutboxMessage> messages)
    {
        var text = new ArrayBufferWriter<byte>(messages.Count * 256);
        var starts = new (long, int)[messages.Count];
        for (var i = 0; i < messages.Count; i++)
        {
            var m = messages[i];
            starts[i] = (m.Position, text.WrittenCount);
            var data = new EventData(OutboxIds.Of(m), m.Kind, m.At, m.Subject, m.License, m.Purchase, m.Detail);
            Write(text, m.Position, m.Kind, data, StreamJson.Default.EventData);
        }

        return new(text.WrittenMemory, starts);
    }

    private static ReadOnlyMemory<byte> One<T>(long position, string kind, T data, JsonTypeInfo<T> type)
    {
        var text = new ArrayBufferWriter<byte>(512);
        Write(text, position, kind, data, type);
        return text.WrittenMemory;
    }

    private static void Write<T>(ArrayBufferWriter<byte> text, long position, string kind, T data, JsonTypeInfo<T> type)
    {
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\nevent: {kind}\ndata: "), text);
        using (var json = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(json, data, type); // never a line break: the writer escapes them
        }

        text.Write("\n\n"u8);
    }
}
