using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Identity.Delegation;
using Writ.Identity.OAuth;
using Writ.Testing;

namespace Writ.Identity.Tests.OAuth;

public sealed class DpopVerifierTests : IDisposable
{
    private const string Here = "https://writ.example/mcp/desk";

    private readonly FakeTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DpopNonces _nonces;
    private readonly DpopVerifier _proofs;

    public DpopVerifierTests() => _proofs = new DpopVerifier(_nonces = new DpopNonces(_time), new NonceBooks(_time), _time);

    private string Key => JsonWebKey.FromEcdsa(_key).Thumbprint.ToBase64Url();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_proof_for_this_request_and_this_token_is_taken_once()
    {
        var proof = Proof();
        Assert.Equal(DpopFault.None, _proofs.Verify(proof, "POST", [Here], "client", ("token", Key), out var thumbprint));
        Assert.Equal(43, thumbprint!.Length);
        Assert.Equal(DpopFault.Replayed, Verify(proof));
        Assert.Equal(DpopFault.None, Verify(Proof()));
    }

    [Theory]
    [InlineData("HTTPS://WRIT.example:443/mcp/desk?x=1#y")] // RFC 9449 section 4.3: spelling, query and fragment do not count
    [InlineData("https://writ.example/mcp/%64esk")]
    public void Another_spelling_of_the_same_address_is_the_same_address(string address) => Assert.Equal(DpopFault.None, Verify(Proof(address: address)));

    [Theory]
    [InlineData("GET", Here)]
    [InlineData("post", Here)]
    [InlineData("POST", "http://writ.example/mcp/desk")]
    [InlineData("POST", "https://writ.example:8443/mcp/desk")]
    [InlineData("POST", "https://writ.example/mcp")]
    [InlineData("POST", "https://writ.example/MCP/desk")]
    [InlineData("POST", "https://somebody@writ.example/mcp/desk")]
    [InlineData("POST", "/mcp/desk")]
    public void A_proof_for_another_request_is_refused(string method, string address) => Assert.Equal(DpopFault.WrongRequest, Verify(Proof(method, address)));

    [Fact]
    public void A_proof_for_another_token_or_for_none_is_refused()
    {
        Assert.Equal(DpopFault.WrongToken, Verify(Proof(token: "other")));
        Assert.Equal(DpopFault.WrongToken, Verify(Proof(token: null)));
    }

    [Fact]
    public void A_nonce_of_somebody_else_of_before_or_none_at_all_is_refused()
    {
        Assert.Equal(DpopFault.NonceNeeded, Verify(Proof(nonce: null)));
        Assert.Equal(DpopFault.NonceNeeded, Verify(Proof(nonce: "AAAA")));
        Assert.Equal(DpopFault.NonceNeeded, Verify(Proof(nonce: new DpopNonces(_time).Current()))); // of the process before this one
        var old = _nonces.Current();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(DpopFault.None, Verify(Proof(nonce: old)));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(DpopFault.NonceNeeded, Verify(Proof(nonce: old)));
    }

    [Theory]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "at+jwt")]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES384")]
    [InlineData("crit", "b64")]
    public void A_header_that_says_something_else_is_refused(string name, string value) =>
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (header, _) => header[name] = value)));

    [Theory]
    [InlineData("jti")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("iat")]
    public void A_claim_that_is_missing_is_refused(string name) => Assert.NotEqual(DpopFault.None, Verify(Proof(change: (_, claims) => claims.Remove(name))));

    [Theory]
    [InlineData(-120)]
    [InlineData(60)]
    public void A_proof_that_is_old_or_of_the_future_is_refused(int seconds) =>
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (_, claims) => claims["iat"] = _time.GetUtcNow().ToUnixTimeSeconds() + seconds)));

    [Fact]
    public void A_key_that_is_not_the_one_that_signed_or_is_no_public_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (header, _) => header["jwk"] = TestJwt.Jwk(other))));
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (header, _) => header.Remove("jwk"))));
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (header, _) => header["jwk"] = "https://thief.example/jwk")));
        var secret = System.Buffers.Text.Base64Url.EncodeToString(_key.ExportParameters(includePrivateParameters: true).D);
        Assert.Equal(DpopFault.Malformed, Verify(Proof(change: (header, _) => header["jwk"]!["d"] = secret))); // a private key is not published

        // A shared secret in the header would prove nothing: whoever reads the proof has it.
        var shared = RandomNumberGenerator.GetBytes(32);
        var (head, claims) = ($$$"""{"typ":"dpop+jwt","alg":"HS256","jwk":{"kty":"oct","k":"{{{System.Buffers.Text.Base64Url.EncodeToString(shared)}}}"}}""", Claims().ToJsonString());
        Assert.Equal(DpopFault.Malformed, Verify(TestJwt.With(head, claims, input => HMACSHA256.HashData(shared, input))));
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused()
    {
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = TestJwt.Jwk(_key) }.ToJsonString();
        var claims = Claims().ToJsonString();
        Assert.Equal(DpopFault.None, Verify(TestJwt.Sign(_key, header, claims)));
        Assert.Equal(DpopFault.Malformed, Verify(TestJwt.Sign(_key, header, claims.Replace("{\"jti\"", "{\"htm\":\"GET\",\"jti\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_token_that_is_bound_to_another_key_uses_nothing_up()
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var proofs = new DpopVerifier(_nonces, new NonceBooks(_time, capacity: 1), _time);
        Assert.Equal(DpopFault.WrongToken, proofs.Verify(Proof(), "POST", [Here], "client", ("token", JsonWebKey.FromEcdsa(holder).Thumbprint.ToBase64Url()), out _));
        Assert.Equal(DpopFault.None, proofs.Verify(Proof(), "POST", [Here], "client", ("token", Key), out _));
    }

    [Fact]
    public void T78_a_full_book_takes_nothing_more_of_its_client_and_keeps_no_other_out()
    {
        var proofs = new DpopVerifier(_nonces, new NonceBooks(_time, capacity: 1), _time);
        Assert.Equal(DpopFault.None, proofs.Verify(Proof(), "POST", [Here], "client", ("token", Key), out _));
        Assert.Equal(DpopFault.Replayed, proofs.Verify(Proof(), "POST", [Here], "client", ("token", Key), out _));
        Assert.Equal(DpopFault.None, proofs.Verify(Proof(), "POST", [Here], "other", ("token", Key), out _));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(DpopFault.None, proofs.Verify(Proof(), "POST", [Here], "client", ("token", Key), out _));
    }

    [Fact]
    public void Every_byte_of_a_proof_counts()
    {
        var proof = Encoding.ASCII.GetBytes(Proof());
        for (var i = 0; i < proof.Length; i++)
        {
            var changed = (byte[])proof.Clone();
            changed[i] = changed[i] == (byte)'A' ? (byte)'B' : (byte)'A';
            Assert.NotEqual(DpopFault.None, Verify(Encoding.ASCII.GetString(changed)));
        }
    }

    private JsonObject Claims() => new()
    {
        ["jti"] = Guid.NewGuid().ToString(), ["htm"] = "POST", ["htu"] = Here, ["iat"] = _time.GetUtcNow().ToUnixTimeSeconds(), ["nonce"] = _nonces.Current(),
        ["ath"] = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData("token"u8)),
    };

    private string Proof(string method = "POST", string address = Here, string? nonce = "current", string? token = "token", Action<JsonObject, JsonObject>? change = null) =>
        TestJwt.Proof(_key, _time.GetUtcNow(), method, address, nonce == "current" ? _nonces.Current() : nonce, token, change);

    private DpopFault Verify(string proof) => _proofs.Verify(proof, "POST", [Here], "client", ("token", Key), out _);
}
