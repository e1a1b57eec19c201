using System.Runtime.CompilerServices;
using Writ.Crypto.Hashing;

namespace Writ.Crypto.Tests.Hashing;

public sealed class Hash256Tests
{
    private static readonly Hash256 Abc = Hash256.Of("abc"u8);

    [Fact]
    public void It_is_the_published_digest_of_abc() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Abc.ToString());

    [Fact]
    public void It_takes_exactly_32_bytes()
    {
        Assert.Equal(Hash256.Length, Unsafe.SizeOf<Hash256>());
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[31]));
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[33]));
    }

    [Fact]
    public void Hex_and_base64_round_trip()
    {
        Assert.True(Hash256.TryParseHex(Abc.ToHex(), out var hex));
        Assert.True(Hash256.TryParseHex(Abc.ToHex().ToUpperInvariant(), out var upper));
        Assert.True(Hash256.TryParseBase64(Abc.ToBase64(), out var base64));
        Assert.All([hex, upper, base64], h => Assert.Equal(Abc, h));
        Assert.Equal(43, Abc.ToBase64Url().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adba")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Other_text_is_not_hex(string text) => Assert.False(Hash256.TryParseHex(text, out _));

    [Fact]
    public void One_digest_has_one_base64_form()
    {
        var text = Abc.ToBase64();
        Assert.False(Hash256.TryParseBase64(text.TrimEnd('='), out _));
        Assert.False(Hash256.TryParseBase64(" " + text[1..], out _));
        Assert.False(Hash256.TryParseBase64(text[..20] + "\n" + text[20..43], out _));
        // The same 32 bytes, but with one of the two padding bits set.
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".IndexOf(text[42], StringComparison.Ordinal);
        var other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[last | 1];
        Assert.False(Hash256.TryParseBase64(text[..42] + other + "=", out _));
    }

    [Fact]
    public void Equality_sees_every_byte()
    {
        for (var i = 0; i < Hash256.Length; i++)
        {
            var bytes = Abc.Bytes.ToArray();
            bytes[i] ^= 0x80;
            var other = new Hash256(bytes);
            Assert.True(other != Abc);
            Assert.False(other.FixedTimeEquals(Abc));
            Assert.Equal(Math.Sign(bytes.AsSpan().SequenceCompareTo(Abc.Bytes)), Math.Sign(other.CompareTo(Abc)));
        }

        Assert.True(new Hash256(Abc.Bytes.ToArray()) == Abc);
        Assert.True(default(Hash256).IsDefault);
    }
}
