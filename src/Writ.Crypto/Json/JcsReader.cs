using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Writ.Crypto.Json;

/// <summary>
/// Reads a JSON text once and writes its canonical form as it goes; an object whose keys came out of order is put in order when
/// it closes. One use. Recursive, hence the depth limit.
/// </summary>
internal ref partial struct JcsReader
{
    private readonly ReadOnlySpan<byte> _input;
    private readonly JcsLimits _limits;
    private JcsPath _path;
    private int _at;
    private int _depth;
    private byte[] _output;
    private int _length;
    private JcsMember[] _members;
    private int _memberCount;
    private JcsError? _error;

    public JcsReader(ReadOnlySpan<byte> input, JcsLimits limits)
    {
        _input = input;
        _limits = limits;
        _path = new JcsPath();
        _output = ArrayPool<byte>.Shared.Rent(Math.Min(input.Length, limits.MaxBytes) + Es6Number.MaxLength);
        _members = ArrayPool<JcsMember>.Shared.Rent(32);
    }

    public readonly ReadOnlySpan<byte> Canonical => _output.AsSpan(0, _length);

    public readonly void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_output);
        ArrayPool<JcsMember>.Shared.Return(_members);
    }

    public bool TryRead([NotNullWhen(false)] out JcsError? error)
    {
        var read = IsBoundedUtf8() && ReadValue() && AtEnd();
        error = read ? null : _error!;
        return read;
    }

    // Checked for the whole text at once, which is vectorized; the rest may then trust every byte.
    private bool IsBoundedUtf8()
    {
        if (_input.Length > _limits.MaxBytes)
            return Fail(JcsErrorKind.TooLong, _limits.MaxBytes);
        if (Utf8.IsValid(_input))
            return true;
        var at = 0;
        while (Rune.DecodeFromUtf8(_input[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return Fail(JcsErrorKind.InvalidUtf8, at);
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _at == _input.Length || Fail(JcsErrorKind.Syntax, _at);
    }

    private bool ReadValue()
    {
        SkipSpace();
        if (_at == _input.Length)
            return Fail(JcsErrorKind.Syntax, _at);
        return _input[_at] switch
        {
            (byte)'{' => ReadObject(),
            (byte)'[' => ReadArray(),
            (byte)'"' => ReadString(),
            (byte)'t' => ReadWord("true"u8),
            (byte)'f' => ReadWord("false"u8),
            (byte)'n' => ReadWord("null"u8),
            _ => ReadNumber(),
        };
    }

    private bool ReadWord(ReadOnlySpan<byte> word)
    {
        if (!_input[_at..].StartsWith(word))
            return Fail(JcsErrorKind.Syntax, _at);
        _at += word.Length;
        Write(word);
        return true;
    }

    private bool ReadArray()
    {
        if (!Open((byte)'['))
            return false;
        SkipSpace();
        if (Peek() == ']')
            return Close((byte)']');

        for (var index = 0; ; index++)
        {
            _path.AtIndex(_depth, index);
            if (!ReadValue())
                return false;
            SkipSpace();
            var next = Peek();
            if (next == ']')
                return Close((byte)']');
            if (next != ',')
                return Fail(JcsErrorKind.Syntax, _at);
            _at++;
            Write((byte)',');
        }
    }

    private bool ReadObject()
    {
        if (!Open((byte)'{'))
            return false;
        var first = _memberCount;
        var body = _length;
        var inOrder = true;
        SkipSpace();
        if (Peek() == '}')
            return Close((byte)'}');

        while (true)
        {
            if (!ReadMember(first, ref inOrder))
                return false;
            SkipSpace();
            var next = Peek();
            if (next == '}')
                break;
            if (next != ',')
                return Fail(JcsErrorKind.Syntax, _at);
            _at++;
            Write((byte)',');
        }

        if (!inOrder && !PutInOrder(first, body))
            return false;
        _memberCount = first;
        return Close((byte)'}');
    }

    private bool ReadMember(int first, ref bool inOrder)
    {
        SkipSpace();
        var source = _at;
        if (Peek() != '"')
            return Fail(JcsErrorKind.Syntax, _at);
        _path.AtNothing(_depth);
        var start = _length;
        if (!ReadString())
            return false;
        var key = _length - start - 2;
        _path.AtKey(_depth, start + 1, key);
        if (_memberCount > first)
        {
            var previous = _members[_memberCount - 1];
            inOrder = inOrder && JcsKeyOrder.Compare(KeyAt(previous), _output.AsSpan(start + 1, key)) < 0;
        }

        SkipSpace();
        if (Peek() != ':')
            return Fail(JcsErrorKind.Syntax, _at);
        _at++;
        Write((byte)':');
        if (!ReadValue())
            return false;
        Remember(new JcsMember(start, key, _length - start, source));
        return true;
    }

    // Sorts the members just read and lays them out anew from `body`, where the first one began.
    private bool PutInOrder(int first, int body)
    {
        var members = _members.AsSpan(first, _memberCount - first);
        JcsKeyOrder.Sort(members, _output);
        for (var i = 1; i < members.Length; i++)
        {
            if (!KeyAt(members[i - 1]).SequenceEqual(KeyAt(members[i])))
                continue;
            var later = members[i - 1].Source > members[i].Source ? members[i - 1] : members[i];
            _path.AtKey(_depth, later.Start + 1, later.KeyLength);
            return Fail(JcsErrorKind.DuplicateKey, later.Source);
        }

        var scratch = ArrayPool<byte>.Shared.Rent(_length - body);
        _output.AsSpan(body, _length - body).CopyTo(scratch);
        var at = body;
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
                _output[at++] = (byte)',';
            scratch.AsSpan(members[i].Start - body, members[i].Length).CopyTo(_output.AsSpan(at));
            at += members[i].Length;
        }

        ArrayPool<byte>.Shared.Return(scratch);
        return true;
    }

    private readonly ReadOnlySpan<byte> KeyAt(JcsMember member) => _output.AsSpan(member.Start + 1, member.KeyLength);

    private void Remember(JcsMember member)
    {
        if (_memberCount == _members.Length)
        {
            var larger = ArrayPool<JcsMember>.Shared.Rent(2 * _members.Length);
            _members.AsSpan().CopyTo(larger);
            ArrayPool<JcsMember>.Shared.Return(_members);
            _members = larger;
        }

        _members[_memberCount++] = member;
    }

    private bool Open(byte bracket)
    {
        if (_depth == _limits.MaxDepth)
            return Fail(JcsErrorKind.TooDeep, _at);
        _depth++;
        _path.AtNothing(_depth);
        _at++;
        Write(bracket);
        return true;
    }

    private bool Close(byte bracket)
    {
        _depth--;
        _at++;
        Write(bracket);
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _input.Length && _input[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _at++;
    }

    private readonly int Peek() => _at < _input.Length ? _input[_at] : -1;

    private bool Fail(JcsErrorKind kind, int offset)
    {
        _error = new JcsError(kind, offset, _path.ToPointer(_depth, _output));
        return false;
    }
}
