using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Signing;
using Writ.Identity.Dids;
using Writ.Testing;

namespace Writ.Identity.Tests.Dids;

public sealed class DidTests
{
    private const string Known = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

    [Fact]
    public void Every_published_did_key_is_read_or_refused()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("identity/did-key/did-key-cases.json")));
        var count = 0;
        foreach (var item in cases.RootElement.GetProperty("ok").EnumerateArray())
        {
            var text = item.GetProperty("did").GetString();
            Assert.True(Did.TryParse(text, out var did, out var fault), $"{text}: {fault}");
            Assert.Equal(DidMethod.Key, did.Method);
            Assert.Equal(item.GetProperty("public_key_hex").GetString(), Convert.ToHexStringLower(did.Key!.Bytes));
            Assert.Equal(item.GetProperty("key_type").GetString()!.Replace("-", "", StringComparison.Ordinal), did.Key.Type.ToString(), ignoreCase: true);
            Assert.Equal(did.Key.Type == MultikeyType.Secp256k1, DidDocument.Of(did) is null);
            Assert.Equal(text, did.ToString());
            count++;
        }

        foreach (var item in cases.RootElement.GetProperty("bad").EnumerateArray())
        {
            Assert.False(Did.TryParse(item.GetProperty("did").GetString(), out _, out var fault), item.GetProperty("why").GetString());
            Assert.NotEqual(DidFault.None, fault);
            count++;
        }

        Assert.Equal(12, count);
    }

    [Fact]
    public void A_key_has_one_name_whatever_its_kind()
    {
        using var ed = Ed25519PrivateKey.Generate();
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var key in new[] { Multikey.Of(ed.PublicKey), Multikey.Of(p256), Multikey.Of(p384) })
        {
            Assert.True(Did.TryParse(Did.OfKey(key).ToString(), out var did, out _));
            Assert.Equal(Did.OfKey(key), did);
            Assert.Equal(key.Key!.Thumbprint, did.Key!.Key!.Thumbprint);
        }

        using var p521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        Assert.Throws<ArgumentException>(() => Multikey.Of(p521));
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_no_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = Multikey.Of(key).Bytes.ToArray();
        var refused = 0;
        for (var i = 0; i < 64; i++)
        {
            bytes[^1]++;
            refused += Multikey.TryParse("z" + Base58.Encode([0x80, 0x24, .. bytes]), out _) ? 0 : 1;
        }

        Assert.InRange(refused, 8, 56); // half of all x have no y
        Assert.False(Multikey.TryParse("z" + Base58.Encode([0x80, 0x24, 4, .. bytes.AsSpan(1)]), out _));
    }

    [Theory]
    [InlineData("did:web:example.com", "https://example.com/.well-known/did.json")]
    [InlineData("did:web:agents.example.com:desk:helper", "https://agents.example.com/desk/helper/did.json")]
    [InlineData("did:web:example.com%3A8443", "https://example.com:8443/.well-known/did.json")]
    [InlineData("did:web:example.com%3A8443:a.b_c-D", "https://example.com:8443/a.b_c-D/did.json")]
    [InlineData("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json")]
    public void A_did_web_says_where_its_document_is(string text, string address)
    {
        Assert.True(Did.TryParse(text, out var did, out var fault), fault.ToString());
        Assert.Equal(DidMethod.Web, did.Method);
        Assert.Equal(address, did.DocumentAddress);
    }

    [Theory]
    [InlineData(null, DidFault.WrongForm)]
    [InlineData("", DidFault.WrongForm)]
    [InlineData("did::x", DidFault.WrongForm)]
    [InlineData(" did:web:example.com", DidFault.WrongForm)]
    [InlineData("DID:web:example.com", DidFault.WrongForm)]
    [InlineData("did:WEB:example.com", DidFault.UnknownMethod)]
    [InlineData("did:Key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", DidFault.UnknownMethod)]
    [InlineData("did:key:Z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", DidFault.WrongKey)]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK ", DidFault.WrongKey)]
    [InlineData("did:key:z16MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", DidFault.WrongKey)]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6Mk", DidFault.WrongKey)]
    [InlineData("did:web:", DidFault.WrongHost)]
    [InlineData("did:web:Example.com", DidFault.WrongHost)]
    [InlineData("did:web:localhost", DidFault.WrongHost)]
    [InlineData("did:web:127.0.0.1", DidFault.WrongHost)]
    [InlineData("did:web:0x7f.0x1", DidFault.WrongHost)]
    [InlineData("did:web:2130706433", DidFault.WrongHost)]
    [InlineData("did:web:[::1]", DidFault.WrongHost)]
    [InlineData("did:web:user@example.com", DidFault.WrongHost)]
    [InlineData("did:web:user%40example.com", DidFault.WrongHost)]
    [InlineData("did:web:example.com.", DidFault.WrongHost)]
    [InlineData("did:web:example..com", DidFault.WrongHost)]
    [InlineData("did:web:-a.example", DidFault.WrongHost)]
    [InlineData("did:web:example.com/path", DidFault.WrongHost)]
    [InlineData("did:web:example.com?x=1", DidFault.WrongHost)]
    [InlineData("did:web:example.com#x", DidFault.WrongHost)]
    [InlineData("did:web:b\u00fccher.example", DidFault.WrongHost)]
    [InlineData("did:web:ex\u0430mple.com", DidFault.WrongHost)]
    [InlineData("did:web:example.com\n", DidFault.WrongHost)]
    [InlineData("did:web:example.com%3a8443", DidFault.WrongPort)]
    [InlineData("did:web:example.com%3A", DidFault.WrongPort)]
    [InlineData("did:web:example.com%3A0", DidFault.WrongPort)]
    [InlineData("did:web:example.com%3A0443", DidFault.WrongPort)]
    [InlineData("did:web:example.com%3A65536", DidFault.WrongPort)]
    [InlineData("did:web:example.com%40evil.example", DidFault.WrongPort)]
    [InlineData("did:web:example.com%2Fetc", DidFault.WrongPort)]
    [InlineData("did:web:example.com:", DidFault.WrongPath)]
    [InlineData("did:web:example.com::a", DidFault.WrongPath)]
    [InlineData("did:web:example.com:..:a", DidFault.WrongPath)]
    [InlineData("did:web:example.com:.", DidFault.WrongPath)]
    [InlineData("did:web:example.com:a%2F..%2Fb", DidFault.WrongPath)]
    [InlineData("did:web:example.com:a/b", DidFault.WrongPath)]
    [InlineData("did:web:example.com:8443:a?", DidFault.WrongPath)]
    public void T59_a_second_way_to_write_a_did_is_none(string? text, DidFault expected)
    {
        Assert.False(Did.TryParse(text, out var did, out var fault));
        Assert.Null(did);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        var longest = "did:web:example.com:" + new string('a', Did.MaxLength - 20);
        Assert.True(Did.TryParse(longest, out _, out _));
        Assert.False(Did.TryParse(longest + "a", out _, out var fault));
        Assert.Equal(DidFault.TooLong, fault);
        Assert.False(Multikey.TryParse("z" + new string('2', 100_000), out _));
    }

    [Theory]
    [InlineData(Known + "#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", true)]
    [InlineData("did:web:example.com#key-1", true)]
    [InlineData("did:web:example.com", false)]
    [InlineData("did:web:example.com#", false)]
    [InlineData("did:web:example.com#a#b", false)]
    [InlineData("did:web:example.com/p#a", false)]
    [InlineData("did:web:example.com?q#a", false)]
    [InlineData("did:web:EXAMPLE.com#a", false)]
    [InlineData("did:web:example.com#a b", false)]
    [InlineData("#a", false)]
    public void A_key_is_named_by_a_did_and_a_fragment(string text, bool isOne)
    {
        Assert.Equal(isOne, DidUrl.TryParse(text, out var url));
        Assert.Equal(isOne ? text : null, url?.ToString());
    }

    [Fact]
    public void Base58_gives_back_what_it_was_given()
    {
        var random = new Random(58);
        for (var length = 0; length < 100; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            bytes.AsSpan(0, length / 4).Clear();
            var text = Base58.Encode(bytes);
            Assert.Equal(length > 0, Base58.TryDecode(text, out var back));
            Assert.Equal(length > 0 ? bytes : null, back);
        }
    }
}
