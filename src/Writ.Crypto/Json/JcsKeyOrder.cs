namespace Writ.Crypto.Json;

/// <summary>
/// The order of keys, RFC 8785 section 3.2.3: by UTF-16 code units of the unescaped key. Works on canonical keys (UTF-8, least
/// escaping), of which equal ones have equal bytes.
/// </summary>
internal static class JcsKeyOrder
{
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;

        // A difference inside an escape shows up at or after its backslash; only there is a byte not what it stands for.
        if (left[same] == '\\' || right[same] == '\\' || left[..same].Contains((byte)'\\'))
            return CompareEscaped(left, right);
        return Weight(left[same]) - Weight(right[same]);
    }

    /// <summary>Sorts members whose keys lie in <paramref name="output"/>.</summary>
    public static void Sort(Span<JcsMember> members, byte[] output)
    {
        // Most objects are small, and the library's sort needs a closure for each.
        const int few = 24;
        if (members.Length > few)
        {
            members.Sort((left, right) => Compare(KeyOf(left, output), KeyOf(right, output)));
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var key = KeyOf(member, output);
            var at = i;
            for (; at > 0 && Compare(KeyOf(members[at - 1], output), key) > 0; at--)
                members[at] = members[at - 1];
            members[at] = member;
        }
    }

    private static ReadOnlySpan<byte> KeyOf(in JcsMember member, byte[] output) => output.AsSpan(member.Start + 1, member.KeyLength);

    private static int CompareEscaped(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var difference = Weight(Next(ref left)) - Weight(Next(ref right));
            if (difference != 0)
                return difference;
        }

        return left.Length - right.Length;
    }

    // UTF-8 bytes sort like code points. UTF-16 differs in one place: U+E000..U+FFFF (lead bytes EE, EF) come after every
    // surrogate pair (lead bytes F0..F4).
    private static int Weight(byte value) => value is 0xEE or 0xEF ? value + 0x20 : value;

    private static byte Next(ref ReadOnlySpan<byte> key)
    {
        var value = key[0];
        var length = 1;
        if (value == '\\')
        {
            length = 2;
            switch (key[1])
            {
                case (byte)'b': value = 8; break;
                case (byte)'t': value = 9; break;
                case (byte)'n': value = 10; break;
                case (byte)'f': value = 12; break;
                case (byte)'r': value = 13; break;
                case (byte)'u':
                    value = (byte)((Nibble(key[4]) << 4) | Nibble(key[5]));
                    length = 6;
                    break;
                default: value = key[1]; break;
            }
        }

        key = key[length..];
        return value;
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
}
