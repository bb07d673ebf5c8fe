using Latchkey.Outbox;
using Latchkey.Subjects;

namespace Latchkey.Streams;

/// <summary>How streams say things: each text is a whole message, or several in a row.</summary>
internal interface IStreamText
{
    ReadOnlyMemory<byte> Heartbeat { get; }

    /// <summary>The first message of a tenant's stream that does not resume.</summary>
    ReadOnlyMemory<byte> Hello(long position);

    /// <summary>What a subject may do, at its position.</summary>
    /// <param name="claims">The addresses that its root has claimed.</param>
    ReadOnlyMemory<byte> State(SubjectSnapshot snapshot, IReadOnlyList<string> claims);

    StreamPage Page(IReadOnlyList<OutboxMessage> messages);
}
