using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Latchkey.Postgres.Copying;

/// <summary>Rows one after the other, in the bytes that a binary COPY carries: what is compared is what is sent.</summary>
internal sealed class CopyChunk(CopyTarget target)
{
    private const int MaxRows = 2_000;
    private const int FullBytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Rows { get; private set; }

    public bool IsFull => Rows >= MaxRows || _bytes.WrittenCount >= FullBytes;

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public byte[] Digest => SHA256.HashData(_bytes.WrittenSpan);

    /// <summary>The key of the last row.</summary>
    public object[] Key { get; private set; } = [];

    /// <exception cref="InvalidOperationException">PostgreSQL cannot keep the row's key as it is.</exception>
    public void Add(object?[] row)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)row.Length);
        for (var i = 0; i < row.Length; i++)
        {
            WriteField(row[i], target.Types[i]);
        }

        Key = [.. target.KeyPlaces.Select(place => KeyValue(row[place]!, target.Types[place]))];
        Rows++;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Rows = 0;
    }

    private void WriteField(object? value, string type)
    {
        switch (value, type)
        {
            case (null, _):
                WriteInt(-1);
                break;
            case (long number, "int4"):
                WriteInt(sizeof(int));
                WriteInt(checked((int)number));
                break;
            case (long number, "int8"):
                WriteInt(sizeof(long));
                BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), number);
                break;
            case (long number, "bool"):
                WriteInt(1);
                Take(1)[0] = (byte)(number == 0 ? 0 : 1);
                break;
            case (double number, "float8"):
                WriteInt(sizeof(double));
                BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), number);
                break;
            case (byte[] bytes, "text"):
                WriteBytes(Storable(bytes));
                break;
            case (byte[] bytes, "bytea"):
                WriteBytes(bytes);
                break;
            default:
                throw new InvalidOperationException($"A value of {target} is of another kind than its column {type}.");
        }
    }

    private object KeyValue(object value, string type) => (value, type) switch
    {
        // Another key would be in another place of the order, by which both sides are compared.
        (byte[] text, "text") when !ReferenceEquals(Storable(text), text) =>
            throw new InvalidOperationException($"A key of {target} has characters that PostgreSQL cannot keep."),
        (byte[] text, "text") => Encoding.UTF8.GetString(text),
        _ => value,
    };

    /// <summary>The text as this store keeps it; itself when nothing has to be replaced.</summary>
    private static byte[] Storable(byte[] text) => !text.AsSpan().Contains((byte)0) && Utf8.IsValid(text)
        ? text
        : Encoding.UTF8.GetBytes(StorableText.Of(Encoding.UTF8.GetString(text)));

    private void WriteBytes(byte[] bytes)
    {
        WriteInt(bytes.Length);
        _bytes.Write(bytes);
    }

    private void WriteInt(int number) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), number);

    private Span<byte> Take(int length)
    {
        var span = _bytes.GetSpan(length)[..length];
        _bytes.Advance(length);
        return span;
    }
}
