using System.Buffers.Binary;
using System.Text;

namespace Writ.Gateways.Otlp;

/// <summary>
/// Reads the fields of one protobuf message, one after the other (protobuf.dev, "Encoding"). Groups, which nothing here has, are an error.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = message;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;
    private int _wireType;

    /// <summary>The number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; false at the message's end.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        (Field, _wireType) = ((int)(tag >> 3), (int)(tag & 7));
        if (tag >> 3 is 0 or > 536_870_911)
            throw new InvalidDataException("a field has no number");
        _number = 0;
        _bytes = default;
        switch (_wireType)
        {
            case 0:
                _number = Varint();
                break;
            case 1:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                var length = Varint();
                _bytes = Take(length > int.MaxValue ? int.MaxValue : (int)length);
                break;
            case 5:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new InvalidDataException($"field {Field} has the wire type {_wireType}");
        }

        return true;
    }

    /// <summary>The field as bytes or a message.</summary>
    public readonly ReadOnlySpan<byte> Bytes() => _wireType == 2 ? _bytes : throw Mistyped();

    /// <summary>The field as text.</summary>
    public readonly string Text()
    {
        try
        {
            return Utf8.GetString(Bytes());
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"field {Field} is not UTF-8");
        }
    }

    /// <summary>The field as a number of variable length: an integer, an enumeration, a truth value.</summary>
    public readonly ulong Number() => _wireType == 0 ? _number : throw Mistyped();

    /// <summary>The field as 8 bytes.</summary>
    public readonly ulong Fixed64() => _wireType == 1 ? _number : throw Mistyped();

    private readonly InvalidDataException Mistyped() => new($"field {Field} has the wire type {_wireType}");

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("the message ends within a field");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
