using System.Security.Cryptography;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Tests.Signing;

public sealed class Ed25519Tests
{
    [Fact]
    public void It_gives_the_first_signature_of_RFC_8032_section_7_1()
    {
        using var key = Ed25519PrivateKey.FromSeed(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(key.PublicKey.Bytes));
        Assert.Equal(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            Convert.ToHexStringLower(key.Sign([])));
    }

    [Fact]
    public void A_signature_binds_every_bit_of_message_key_and_signature()
    {
        using var key = Ed25519PrivateKey.Generate();
        using var other = Ed25519PrivateKey.Generate();
        var message = "pay 100 to bob"u8.ToArray();
        var signature = key.Sign(message);
        Assert.True(key.PublicKey.Verify(message, signature));
        Assert.False(other.PublicKey.Verify(message, signature));
        for (var bit = 0; bit < 8 * message.Length; bit++)
            Assert.False(key.PublicKey.Verify(Flip(message, bit), signature));
        for (var bit = 0; bit < 8 * signature.Length; bit++)
            Assert.False(key.PublicKey.Verify(message, Flip(signature, bit)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_another_length_is_false(int length)
    {
        using var key = Ed25519PrivateKey.Generate();
        Assert.False(key.PublicKey.Verify([], new byte[length]));
    }

    [Fact]
    public void T45_the_public_key_verifies_and_cannot_sign()
    {
        using var key = Ed25519PrivateKey.Generate();
        using var fromPublicBytes = Ed25519PrivateKey.FromSeed(key.PublicKey.Bytes);
        Assert.False(key.PublicKey.Verify("m"u8, fromPublicBytes.Sign("m"u8)));
        Assert.True(key.PublicKey.Verify("m"u8, key.Sign("m"u8)));
    }

    [Fact]
    public void A_disposed_key_signs_no_more_and_its_public_key_still_verifies()
    {
        var key = Ed25519PrivateKey.Generate();
        var signature = key.Sign("m"u8);
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("m"u8));
        Assert.True(key.PublicKey.Verify("m"u8, signature));
    }

    [Fact]
    public void The_text_of_a_private_key_shows_no_secret()
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        using var key = Ed25519PrivateKey.FromSeed(seed);
        Assert.DoesNotContain(Convert.ToBase64String(seed)[..20], key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(seed)[..20], key.ToString(), StringComparison.Ordinal);
        Assert.Contains(key.PublicKey.ToString(), key.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var copy = bytes.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }
}
