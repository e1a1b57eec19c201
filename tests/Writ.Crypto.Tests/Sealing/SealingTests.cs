using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Sealing;
using Writ.Testing;

namespace Writ.Crypto.Tests.Sealing;

public sealed class SealingTests
{
    [Fact]
    public void What_was_sealed_opens_with_the_same_key_and_context_only()
    {
        using var key = NewKey();
        using var other = NewKey();
        for (var length = 0; length < 70; length++)
        {
            var plaintext = RandomNumberGenerator.GetBytes(length);
            var box = new byte[length + SealingKey.Overhead];
            key.Seal(plaintext, "context"u8, box);
            var opened = new byte[length];
            Assert.True(key.TryOpen(box, "context"u8, opened));
            Assert.Equal(plaintext, opened);
            Assert.False(key.TryOpen(box, "contexT"u8, opened));
            Assert.False(other.TryOpen(box, "context"u8, opened));
            Assert.All(opened, b => Assert.Equal(0, b));
        }
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_found()
    {
        using var key = NewKey();
        var box = new byte[5 + SealingKey.Overhead];
        key.Seal("hello"u8, [], box);
        for (var bit = 0; bit < 8 * box.Length; bit++)
        {
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.TryOpen(box, [], new byte[5]));
            box[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < box.Length; length++)
            Assert.False(key.TryOpen(box.AsSpan(0, length), [], new byte[Math.Max(0, length - SealingKey.Overhead)]));
        Assert.True(key.TryOpen(box, [], new byte[5]));
    }

    [Fact]
    public void The_same_message_is_never_sealed_twice_alike()
    {
        using var key = NewKey();
        var seen = new HashSet<string>();
        for (var i = 0; i < 1000; i++)
        {
            var box = new byte[SealingKey.Overhead];
            key.Seal([], [], box);
            Assert.True(seen.Add(Convert.ToHexString(box.AsSpan(0, 12))));
        }
    }

    [Fact]
    public void Both_ciphers_seal_alike_in_place_too_and_each_opens_what_the_other_sealed()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        using var libcrypto = new SealingKey(bytes, libcrypto: true);
        using var inBox = new SealingKey(bytes, libcrypto: false);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 431, 5_000, 1 << 20 })
        {
            var (message, bound, nonce) = (RandomNumberGenerator.GetBytes(length), RandomNumberGenerator.GetBytes(length % 70), RandomNumberGenerator.GetBytes(12));
            var (one, two) = (new byte[length + SealingKey.Overhead], new byte[length + SealingKey.Overhead]);
            libcrypto.Seal(nonce, message, bound, one);
            message.CopyTo(two, 12); // where its ciphertext goes
            inBox.Seal(nonce, two.AsSpan(12, length), bound, two);
            Assert.Equal(one, two);
            message.CopyTo(two, 12);
            libcrypto.Seal(nonce, two.AsSpan(12, length), bound, two);
            Assert.Equal(one, two);

            var opened = new byte[length];
            Assert.True(inBox.TryOpen(one, bound, opened));
            Assert.Equal(message, opened);
            Assert.True(libcrypto.TryOpen(one, bound, opened));
            Assert.Equal(message, opened);
            one[length / 2] ^= 1;
            Assert.False(libcrypto.TryOpen(one, bound, opened));
            Assert.Equal(new byte[length], opened);
            Assert.False(inBox.TryOpen(one, bound, opened));
            Assert.True(libcrypto.TryOpen(two, bound, opened)); // a refusal leaves nothing behind
        }
    }

    [Fact]
    public void A_nonce_of_another_length_is_refused()
    {
        using var key = NewKey();
        Assert.Throws<ArgumentException>(() => key.Seal(new byte[11], [], [], new byte[SealingKey.Overhead]));
        Assert.Throws<ArgumentException>(() => key.Seal(new byte[13], [], [], new byte[SealingKey.Overhead]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_Wycheproof_vector_of_AES_256_GCM_in_our_shape(bool libcrypto)
    {
        var (valid, invalid) = (0, 0);
        foreach (var (group, test) in Vectors("tlog/wycheproof/aes_gcm_test.json"))
        {
            if (group.GetProperty("keySize").GetInt32() != 256 || group.GetProperty("ivSize").GetInt32() != 96 || group.GetProperty("tagSize").GetInt32() != 128)
                continue;
            using var key = new SealingKey(Hex(test, "key"), libcrypto);
            byte[] box = [.. Hex(test, "iv"), .. Hex(test, "ct"), .. Hex(test, "tag")];
            var opened = new byte[box.Length - SealingKey.Overhead];
            var accepted = key.TryOpen(box, Hex(test, "aad"), opened) && opened.AsSpan().SequenceEqual(Hex(test, "msg"));
            var expected = test.GetProperty("result").GetString() == "valid";
            Assert.True(accepted == expected, $"tcId {test.GetProperty("tcId")}");
            _ = expected ? valid++ : invalid++;
        }

        Assert.True(valid >= 30 && invalid >= 20, $"{valid} valid, {invalid} invalid");
    }

    [Fact]
    public void Every_Wycheproof_vector_of_AES_256_KWP()
    {
        var (valid, invalid) = (0, 0);
        foreach (var (group, test) in Vectors("tlog/wycheproof/aes_kwp_test.json"))
        {
            if (group.GetProperty("keySize").GetInt32() != 256)
                continue;
            using var wrap = new KeyWrap(Hex(test, "key"));
            var (message, wrapped) = (Hex(test, "msg"), Hex(test, "ct"));
            var isValid = test.GetProperty("result").GetString() == "valid";
            var key = new byte[KeyWrap.KeyLength];
            var accepted = wrap.TryUnwrap(wrapped, key);
            Assert.True(accepted == (isValid && message.Length == KeyWrap.KeyLength), $"tcId {test.GetProperty("tcId")}");
            if (accepted)
            {
                Assert.Equal(message, key);
                var again = new byte[KeyWrap.WrappedKeyLength];
                wrap.Wrap(message, again);
                Assert.Equal(wrapped, again);
            }

            _ = accepted ? valid++ : invalid++;
        }

        Assert.True(valid > 0 && invalid > 0, $"{valid} valid, {invalid} invalid");
    }

    [Fact]
    public void A_wrapped_key_opens_under_its_own_key_only()
    {
        using var wrap = new KeyWrap(RandomNumberGenerator.GetBytes(32));
        using var other = new KeyWrap(RandomNumberGenerator.GetBytes(32));
        var key = RandomNumberGenerator.GetBytes(32);
        var wrapped = new byte[KeyWrap.WrappedKeyLength];
        wrap.Wrap(key, wrapped);
        var unwrapped = new byte[32];
        Assert.True(wrap.TryUnwrap(wrapped, unwrapped));
        Assert.Equal(key, unwrapped);
        Assert.False(other.TryUnwrap(wrapped, unwrapped));
        Assert.Equal(new byte[32], unwrapped);
        for (var bit = 0; bit < 8 * wrapped.Length; bit++)
        {
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(wrap.TryUnwrap(wrapped, unwrapped));
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(wrap.TryUnwrap(wrapped.AsSpan(0, 32), unwrapped));
    }

    [Fact]
    public void A_disposed_key_is_of_no_use()
    {
        var key = NewKey();
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Seal([], [], new byte[SealingKey.Overhead]));
        Assert.Throws<ObjectDisposedException>(() => key.TryOpen(new byte[SealingKey.Overhead], [], []));
        var wrap = new KeyWrap(new byte[32]);
        wrap.Dispose();
        Assert.Throws<ObjectDisposedException>(() => wrap.Wrap(new byte[32], new byte[40]));
        Assert.Throws<ObjectDisposedException>(() => wrap.TryUnwrap(new byte[40], new byte[32]));
    }

    [Fact]
    public void A_commitment_is_opened_by_its_salt_and_payload_only()
    {
        var salt = new byte[Commitment.SaltLength];
        var commitment = Commitment.Create("approve"u8, salt);
        Assert.True(commitment.IsOpenedBy(salt, "approve"u8));
        Assert.False(commitment.IsOpenedBy(salt, "approvE"u8));
        Assert.False(commitment.IsOpenedBy(new byte[32], "approve"u8));
        Assert.NotEqual(commitment, Commitment.Create("approve"u8, new byte[32]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. salt, .. "approve"u8])), commitment.ToString());
    }

    [Fact]
    public void T33_no_byte_of_a_payload_can_move_into_the_salt()
    {
        var salt = new byte[Commitment.SaltLength];
        var commitment = Commitment.Create("xy"u8, salt);
        Assert.False(commitment.IsOpenedBy([.. salt, (byte)'x'], "y"u8));
        Assert.False(commitment.IsOpenedBy(salt.AsSpan(0, 31), [salt[31], .. "xy"u8]));
        Assert.Throws<ArgumentException>(() => Commitment.Compute([.. salt, (byte)'x'], "y"u8));
    }

    private static SealingKey NewKey() => new(RandomNumberGenerator.GetBytes(SealingKey.KeyLength));

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Vectors(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require(path)));
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
                yield return (group, test);
        }
    }

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
