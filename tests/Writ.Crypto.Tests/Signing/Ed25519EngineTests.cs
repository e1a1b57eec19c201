using System.Text;
using System.Text.Json;
using Writ.Crypto.Signing;
using Writ.Testing;

namespace Writ.Crypto.Tests.Signing;

/// <summary>Both implementations, one behaviour.</summary>
public sealed class Ed25519EngineTests
{
    private readonly Random _random = new(23);

    public static TheoryData<int> Engines => Libcrypto.IsPresent ? [(int)Ed25519Engine.Libcrypto, (int)Ed25519Engine.Managed] : [(int)Ed25519Engine.Managed];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_Wycheproof_vector(int engine)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("tlog/wycheproof/ed25519_test.json")));
        var (valid, invalid) = (0, 0);
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var parsed = Ed25519PublicKey.TryParse(Hex(group.GetProperty("publicKey"), "pk"), (Ed25519Engine)engine, out var key);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var accepted = parsed && key!.Verify(Hex(test, "msg"), Hex(test, "sig"));
                var expected = test.GetProperty("result").GetString() == "valid";
                Assert.True(accepted == expected, $"tcId {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                _ = expected ? valid++ : invalid++;
            }
        }

        Assert.Equal(file.RootElement.GetProperty("numberOfTests").GetInt32(), valid + invalid);
        Assert.True(valid > 0 && invalid > 0);
    }

    /// <summary>
    /// The choices that RFC 8032 leaves, and ours: no cofactor (a low-order residue is refused), canonical encodings only, no
    /// small-order key; a small-order R and mixed-order points are accepted.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_CCTV_edge_case_as_chosen(int engine)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("tlog/cctv-ed25519/ed25519vectors.json")));
        string[] refused = ["non_canonical_A", "non_canonical_R", "low_order_residue", "low_order_A"];
        var accepted = 0;
        foreach (var vector in file.RootElement.EnumerateArray())
        {
            var flags = vector.GetProperty("flags") is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Select(f => f.GetString()!).ToArray()
                : [];
            var verified = Ed25519PublicKey.TryParse(Hex(vector, "key"), (Ed25519Engine)engine, out var key)
                && key.Verify(Encoding.UTF8.GetBytes(vector.GetProperty("msg").GetString()!), Hex(vector, "sig"));
            Assert.True(verified == !flags.Intersect(refused).Any(), $"vector {vector.GetProperty("number")}: {string.Join(' ', flags)}");
            accepted += verified ? 1 : 0;
        }

        Assert.InRange(accepted, 1, file.RootElement.GetArrayLength() - 1);
    }

    [Fact]
    public void Libcrypto_itself_accepts_what_we_accept_on_every_CCTV_edge_case()
    {
        RequireLibcrypto();
        using var file = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("tlog/cctv-ed25519/ed25519vectors.json")));
        foreach (var vector in file.RootElement.EnumerateArray())
        {
            var (message, signature) = (Encoding.UTF8.GetBytes(vector.GetProperty("msg").GetString()!), Hex(vector, "sig"));
            using var raw = LibcryptoKey.FromPublic(Hex(vector, "key"));
            if (Ed25519PublicKey.TryParse(Hex(vector, "key"), Ed25519Engine.Managed, out var ours) && ours.Verify(message, signature))
                Assert.True(raw.Verify(message, signature));
            else if (ours is not null)
                Assert.False(raw.Verify(message, signature));
        }
    }

    [Fact]
    public void Both_derive_sign_and_verify_alike()
    {
        RequireLibcrypto();
        for (var round = 0; round < 300; round++)
        {
            var seed = Bytes(32);
            var message = Bytes(round < 200 ? round : _random.Next(200, 5000));
            using var native = Ed25519PrivateKey.FromSeed(seed, Ed25519Engine.Libcrypto);
            using var managed = Ed25519PrivateKey.FromSeed(seed, Ed25519Engine.Managed);
            Assert.Equal(native.PublicKey, managed.PublicKey);
            var signature = native.Sign(message);
            Assert.Equal(signature, managed.Sign(message));
            Assert.True(managed.PublicKey.Verify(message, signature));

            // One wrong bit anywhere, S beyond the group order included: the same answer, and it is no.
            signature[_random.Next(64)] ^= (byte)(1 << _random.Next(8));
            Assert.False(native.PublicKey.Verify(message, signature));
            Assert.False(managed.PublicKey.Verify(message, signature));
        }
    }

    [Fact]
    public void Both_take_extreme_seeds()
    {
        RequireLibcrypto();
        foreach (var fill in new byte[] { 0, 0xFF, 0x80, 0x7F, 1 })
        {
            var seed = Enumerable.Repeat(fill, 32).ToArray();
            using var native = Ed25519PrivateKey.FromSeed(seed, Ed25519Engine.Libcrypto);
            using var managed = Ed25519PrivateKey.FromSeed(seed, Ed25519Engine.Managed);
            Assert.Equal(native.Sign("m"u8), managed.Sign("m"u8));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Signing_over_its_own_message_buffer_signs_the_message(int engine)
    {
        using var key = Ed25519PrivateKey.FromSeed(Bytes(32), (Ed25519Engine)engine);
        var buffer = Bytes(64);
        var expected = key.Sign(buffer);
        key.Sign(buffer, buffer);
        Assert.Equal(expected, buffer);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_signature_with_the_group_order_added_to_S_is_refused(int engine)
    {
        using var key = Ed25519PrivateKey.FromSeed(Bytes(32), (Ed25519Engine)engine);
        var signature = key.Sign("m"u8);
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493");
        var s = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        Assert.True(s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));
        Assert.False(key.PublicKey.Verify("m"u8, signature));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // identity, small order
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // order 2
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // order 4
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // order 8
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")] // negative zero
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // y = p
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // not on the curve
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751")] // 31 bytes
    public void An_unsound_public_key_is_no_key(string hex)
    {
        foreach (int engine in Engines)
            Assert.False(Ed25519PublicKey.TryParse(Convert.FromHexString(hex), (Ed25519Engine)engine, out _));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task One_key_signs_and_is_disposed_from_many_threads_without_a_wrong_signature(int engine)
    {
        for (var round = 0; round < 20; round++)
        {
            var key = Ed25519PrivateKey.FromSeed(Bytes(32), (Ed25519Engine)engine);
            var tasks = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                try
                {
                    for (var i = 0; i < 20; i++)
                        Assert.True(key.PublicKey.Verify("m"u8, key.Sign("m"u8)));
                }
                catch (ObjectDisposedException)
                {
                }
            })).ToArray();
            key.Dispose();
            await Task.WhenAll(tasks);
            Assert.Throws<ObjectDisposedException>(() => key.Sign("m"u8));
        }
    }

    private static void RequireLibcrypto() => Assert.SkipUnless(Libcrypto.IsPresent, "libcrypto.so.3 is not on this machine");

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
