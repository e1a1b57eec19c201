using System.Security.Cryptography;
using Writ.Crypto.Hashing;

namespace Writ.Crypto.Tests.Hashing;

public sealed class Sha256OneShotTests
{
    [Fact]
    public void Both_ways_of_hashing_agree_with_the_library_at_every_length_and_every_cut()
    {
        var message = new byte[300];
        new Random(7).NextBytes(message);
        Span<byte> ours = stackalloc byte[32], inBox = stackalloc byte[32];
        for (var length = 0; length <= message.Length; length++)
        {
            var whole = message.AsSpan(0, length);
            var expected = SHA256.HashData(whole);
            for (var cut = 0; cut <= length; cut += Math.Max(1, length / 7))
            {
                Sha256OneShot.Hash(whole[..cut], whole[cut..], ours);
                Sha256OneShot.HashInBox(whole[..cut], whole[cut..], inBox);
                Assert.Equal(expected, ours.ToArray());
                Assert.Equal(expected, inBox.ToArray());
            }
        }
    }

    [Fact]
    public void A_long_message_and_one_with_a_bit_changed_have_other_digests()
    {
        var message = new byte[3 << 20];
        var before = Hash256.Of(message);
        Assert.Equal(new Hash256(SHA256.HashData(message)), before);
        message[^1] ^= 1;
        Assert.NotEqual(before, Hash256.Of(message));
    }

    [Fact]
    public void A_digest_goes_into_32_bytes_only()
    {
        Assert.Throws<ArgumentException>(() => Sha256OneShot.Hash("a"u8, new byte[31]));
        Assert.Throws<ArgumentException>(() => Sha256OneShot.Hash("a"u8, new byte[33]));
    }
}
