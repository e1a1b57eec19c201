using System.Buffers;
using System.Globalization;
using System.Text;

namespace Writ.Crypto.Json;

internal ref partial struct JcsReader
{
    // Any run of at most this many digits is a whole number that a double holds and ECMAScript writes back unchanged.
    private const int AlwaysExactDigits = 15;

    private bool ReadString()
    {
        _at++;
        Write((byte)'"');
        while (true)
        {
            var rest = _input[_at..];
            var run = rest.IndexOfAny(JcsText.Special);
            if (run < 0)
                return Fail(JcsErrorKind.Syntax, _input.Length);
            Write(rest[..run]);
            _at += run;
            switch (rest[run])
            {
                case (byte)'"':
                    _at++;
                    Write((byte)'"');
                    return true;
                case (byte)'\\':
                    if (!ReadEscape())
                        return false;
                    break;
                default:
                    return Fail(JcsErrorKind.Syntax, _at); // a bare control character
            }
        }
    }

    private bool ReadEscape()
    {
        var start = _at;
        _at++;
        var escaped = Peek();
        _at++;
        switch (escaped)
        {
            case '"' or '\\' or '/': return WriteCharacter(new Rune((char)escaped));
            case 'b': return WriteCharacter(new Rune('\b'));
            case 'f': return WriteCharacter(new Rune('\f'));
            case 'n': return WriteCharacter(new Rune('\n'));
            case 'r': return WriteCharacter(new Rune('\r'));
            case 't': return WriteCharacter(new Rune('\t'));
            case 'u': break;
            default: return Fail(JcsErrorKind.Syntax, start);
        }

        if (!TryReadUnit(out var unit))
            return Fail(JcsErrorKind.Syntax, start);
        if (!char.IsSurrogate(unit))
            return WriteCharacter(new Rune(unit));
        var low = '\0';
        if (!char.IsHighSurrogate(unit) || !_input[_at..].StartsWith("\\u"u8))
            return Fail(JcsErrorKind.LoneSurrogate, start);
        _at += 2;
        if (!TryReadUnit(out low))
            return Fail(JcsErrorKind.Syntax, start);
        return Rune.TryCreate(unit, low, out var rune) ? WriteCharacter(rune) : Fail(JcsErrorKind.LoneSurrogate, start);
    }

    private bool TryReadUnit(out char unit)
    {
        unit = '\0';
        if (_input.Length - _at < 4)
            return false;
        Span<byte> two = stackalloc byte[2];
        if (Convert.FromHexString(_input.Slice(_at, 4), two, out _, out _) != OperationStatus.Done)
            return false;
        unit = (char)((two[0] << 8) | two[1]);
        _at += 4;
        return true;
    }

    private bool ReadNumber()
    {
        var start = _at;
        if (Peek() == '-')
            _at++;
        var whole = _at;
        if (Peek() == '0')
            _at++;
        else if (SkipDigits() == 0)
            return Fail(JcsErrorKind.Syntax, _at);
        var wholeDigits = _at - whole;
        var isInteger = true;
        if (Peek() == '.')
        {
            isInteger = false;
            _at++;
            if (SkipDigits() == 0)
                return Fail(JcsErrorKind.Syntax, _at);
        }

        if (Peek() is 'e' or 'E')
        {
            isInteger = false;
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            if (SkipDigits() == 0)
                return Fail(JcsErrorKind.Syntax, _at);
        }

        var literal = _input[start.._at];
        if (isInteger && wholeDigits <= AlwaysExactDigits)
        {
            Write(_input[whole] == '0' ? "0"u8 : literal); // -0 is 0
            return true;
        }

        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            return Fail(JcsErrorKind.NumberTooLarge, start);
        Reserve(Es6Number.MaxLength);
        var length = Es6Number.Format(value, _output.AsSpan(_length));
        if (isInteger && !literal.SequenceEqual(_output.AsSpan(_length, length)))
            return Fail(JcsErrorKind.IntegerNotExact, start);
        _length += length;
        return true;
    }

    private int SkipDigits()
    {
        var start = _at;
        while (_at < _input.Length && _input[_at] is >= (byte)'0' and <= (byte)'9')
            _at++;
        return _at - start;
    }

    private bool WriteCharacter(Rune rune)
    {
        Reserve(JcsText.LongestCharacter);
        _length += JcsText.Encode(rune, _output.AsSpan(_length));
        return true;
    }

    private void Write(byte value)
    {
        Reserve(1);
        _output[_length++] = value;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_output.Length - _length >= count)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _output.Length, _length + count));
        _output.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_output);
        _output = larger;
    }
}
