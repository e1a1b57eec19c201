using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>The texts of a combination, in its order; each is preceded by its length, so that no two combinations read the same.</summary>
public ref struct TextItems
{
    private readonly bool _isSet;
    private ReadOnlySpan<byte> _rest;
    private bool _more = true;

    internal TextItems(ReadOnlySpan<byte> entry, bool isSet)
    {
        _rest = entry;
        _isSet = isSet;
    }

    /// <summary>The present text, in UTF-8.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Itself, so that <c>foreach</c> works on it.</summary>
    public readonly TextItems GetEnumerator() => this;

    /// <summary>Moves on; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_isSet)
        {
            var more = _more;
            Current = _rest;
            _more = false;
            return more;
        }

        if (_rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(_rest) is var length && (uint)length > _rest.Length - sizeof(int))
            return false;
        Current = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return true;
    }

    internal static void Append(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> item)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(sizeof(int)), item.Length);
        to.Advance(sizeof(int));
        to.Write(item);
    }
}
