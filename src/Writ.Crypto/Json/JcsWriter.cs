using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Writ.Crypto.Json;

/// <summary>
/// Writes canonical JSON (RFC 8785) straight away, for records whose author knows the order of their keys. Forward only, whole
/// numbers only, no allocation once its pooled buffer has grown. Reusable through <see cref="Reset"/>. Not thread safe.
/// </summary>
/// <remarks>
/// Keys out of order, a key twice, a value without its key, an unclosed bracket: these are bugs of the caller and throw in every
/// build, because the alternative is a record that hashes to something no verifier can reproduce.
/// </remarks>
public sealed class JcsWriter : IDisposable
{
    /// <summary>The largest whole number, 2^53 - 1, and by its negative the smallest, that canonical JSON carries exactly (RFC 7493 section 2.2).</summary>
    public const long MaxInteger = (1L << 53) - 1;

    // Deep enough for every record; what nests deeper grows it.
    private const int FirstLevels = 8;

    private byte[] _buffer;
    private int _length;
    private int _depth;
    private Level[] _levels = new Level[FirstLevels];

    /// <summary>Takes a buffer of at least <paramref name="capacity"/> bytes from the shared pool; it grows as needed.</summary>
    public JcsWriter(int capacity = 2048) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The finished text; valid until the next write, <see cref="Reset"/> or <see cref="Dispose"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing was written, or a bracket is still open.</exception>
    public ReadOnlySpan<byte> Written => Complete().Span;

    /// <summary>The same as <see cref="Written"/>, as memory.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => Complete();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Reset()
    {
        _length = 0;
        _depth = 0;
        _levels[0] = default;
    }

    /// <summary>Opens an object.</summary>
    public void BeginObject() => Open((byte)'{', isObject: true);

    /// <summary>Closes the innermost object.</summary>
    public void EndObject() => Close((byte)'}', isObject: true);

    /// <summary>Opens an array.</summary>
    public void BeginArray() => Open((byte)'[', isObject: false);

    /// <summary>Closes the innermost array.</summary>
    public void EndArray() => Close((byte)']', isObject: false);

    /// <summary>Writes a member's key, in UTF-8. Each key must come after the one before it, by UTF-16 code units.</summary>
    /// <exception cref="InvalidOperationException">Not inside an object, a key without its value before, or out of order.</exception>
    public void Key(ReadOnlySpan<byte> utf8)
    {
        ref var level = ref _levels[_depth];
        if (!level.IsObject || level.AwaitsValue)
            throw new InvalidOperationException("a key stands only inside an object, after a complete member");
        if (level.Count++ > 0)
            Write((byte)',');
        var start = _length + 1;
        Quote(utf8);
        var length = _length - 1 - start;
        if (level.Count > 1 && JcsKeyOrder.Compare(_buffer.AsSpan(level.KeyStart, level.KeyLength), _buffer.AsSpan(start, length)) >= 0)
            throw new InvalidOperationException("keys must be unique and come in the order of their UTF-16 code units");
        Write((byte)':');
        level.KeyStart = start;
        level.KeyLength = length;
        level.AwaitsValue = true;
    }

    /// <summary>Writes a string given in UTF-8.</summary>
    /// <exception cref="ArgumentException"><paramref name="utf8"/> is not UTF-8; replacing what is wrong would let two records share a hash.</exception>
    public void String(ReadOnlySpan<byte> utf8)
    {
        BeginValue();
        Quote(utf8);
    }

    /// <summary>Writes a string given in UTF-16.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> has a lone surrogate; replacing it would let two records share a hash.</exception>
    public void String(ReadOnlySpan<char> text)
    {
        BeginValue();
        Reserve(3 * text.Length + 2);
        _buffer[_length++] = (byte)'"';
        if (Utf8.FromUtf16(text, _buffer.AsSpan(_length), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new ArgumentException("the text has a lone surrogate", nameof(text));
        var plain = _buffer.AsSpan(_length, written).IndexOfAny(JcsText.Special);
        if (plain < 0)
            _length += written;
        else
            EscapeTail(plain, written);
        Write((byte)'"');
    }

    /// <summary>Writes a whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Beyond ±<see cref="MaxInteger"/>: write it as text (<see cref="Text{T}"/>).</exception>
    public void Integer(long value)
    {
        if (value is > MaxInteger or < -MaxInteger)
            throw new ArgumentOutOfRangeException(nameof(value), value, "canonical JSON would round it: write it as text");
        BeginValue();
        Reserve(24);
        value.TryFormat(_buffer.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Writes a value's invariant text as a string, without allocating: a UUID, a 64-bit number, a time with its format.</summary>
    /// <exception cref="ArgumentException">The text is longer than 128 bytes or needs escaping; write it with <see cref="String(ReadOnlySpan{char})"/>.</exception>
    public void Text<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        const int longest = 128;
        BeginValue();
        Reserve(longest + 2);
        var text = _buffer.AsSpan(_length + 1, longest);
        if (!value.TryFormat(text, out var written, format, CultureInfo.InvariantCulture) || text[..written].ContainsAny(JcsText.Special))
            throw new ArgumentException($"the text of a {typeof(T).Name} is too long or needs escaping", nameof(value));
        _buffer[_length] = (byte)'"';
        _buffer[_length + 1 + written] = (byte)'"';
        _length += written + 2;
    }

    /// <summary>Writes bytes as a string of unpadded base64url (RFC 4648 section 5).</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        BeginValue();
        Reserve(Base64Url.GetEncodedLength(bytes.Length) + 2);
        _buffer[_length++] = (byte)'"';
        _length += Base64Url.EncodeToUtf8(bytes, _buffer.AsSpan(_length));
        _buffer[_length++] = (byte)'"';
    }

    /// <summary>
    /// Writes a value that is canonical JSON already, as <see cref="Jcs"/> makes it: the result is then canonical too. Not checked; any
    /// other bytes make a record that no verifier can reproduce.
    /// </summary>
    public void Canonical(ReadOnlySpan<byte> canonicalJson)
    {
        BeginValue();
        Write(canonicalJson);
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void Boolean(bool value)
    {
        BeginValue();
        Write(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void Null()
    {
        BeginValue();
        Write("null"u8);
    }

    /// <summary>Gives the buffer back to the pool. The writer is of no use afterwards.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Reset();
    }

    private ReadOnlyMemory<byte> Complete() => _depth == 0 && _length > 0
        ? _buffer.AsMemory(0, _length)
        : throw new InvalidOperationException("the text is not complete: nothing was written, or a bracket is still open");

    private void BeginValue()
    {
        ref var level = ref _levels[_depth];
        if (level.IsObject)
        {
            if (!level.AwaitsValue)
                throw new InvalidOperationException("a value inside an object needs its key first");
            level.AwaitsValue = false;
            return;
        }

        if (level.Count++ == 0)
            return;
        if (_depth == 0)
            throw new InvalidOperationException("the text is complete already: Reset begins a new one");
        Write((byte)',');
    }

    private void Open(byte bracket, bool isObject)
    {
        if (_depth == JcsLimits.DepthCeiling)
            throw new InvalidOperationException($"more than {JcsLimits.DepthCeiling} nested arrays and objects");
        BeginValue();
        Write(bracket);
        if (_depth + 1 == _levels.Length)
            Array.Resize(ref _levels, 2 * _levels.Length);
        _levels[++_depth] = new Level { IsObject = isObject };
    }

    private void Close(byte bracket, bool isObject)
    {
        if (_depth == 0 || _levels[_depth].IsObject != isObject || _levels[_depth].AwaitsValue)
            throw new InvalidOperationException("this bracket closes nothing that is open and complete");
        _depth--;
        Write(bracket);
    }

    private void Quote(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            throw new ArgumentException("the text is not UTF-8", nameof(utf8));
        Write((byte)'"');
        Escape(utf8);
        Write((byte)'"');
    }

    private void Escape(ReadOnlySpan<byte> utf8)
    {
        for (var run = utf8.IndexOfAny(JcsText.Special); run >= 0; run = utf8.IndexOfAny(JcsText.Special))
        {
            Write(utf8[..run]);
            Reserve(JcsText.LongestCharacter);
            _length += JcsText.Encode(new System.Text.Rune((char)utf8[run]), _buffer.AsSpan(_length));
            utf8 = utf8[(run + 1)..];
        }

        Write(utf8);
    }

    // The tail holds unescaped text of which `plain` bytes may stay; the rest is set aside and written again, escaped.
    private void EscapeTail(int plain, int written)
    {
        var rest = _buffer.AsSpan(_length + plain, written - plain);
        var aside = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(aside);
        _length += plain;
        Escape(aside.AsSpan(0, rest.Length));
        ArrayPool<byte>.Shared.Return(aside);
    }

    private void Write(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
            Grow(count);
    }

    private void Grow(int count)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, checked(_length + count)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private struct Level
    {
        public int KeyStart;
        public int KeyLength;
        public int Count;
        public bool IsObject;
        public bool AwaitsValue;
    }
}
