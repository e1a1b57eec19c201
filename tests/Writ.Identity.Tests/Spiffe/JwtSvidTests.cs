using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Spiffe;

public sealed class JwtSvidTests : IDisposable
{
    private const string Us = "spiffe://acme.example";

    private readonly FakeTime _time = new(SvidMaker.Now);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JwtSvidSigner _signer;
    private readonly SpiffeId _id = SpiffeId.ForAgent("acme.example", new Guid("01890a5d-ac96-774b-bcce-b302099a8057"));

    public JwtSvidTests() => _signer = new JwtSvidSigner("acme.example", _key, _time);

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void A_token_of_the_domain_for_us_is_taken_for_five_minutes()
    {
        var (token, expires) = _signer.Issue(_id, ["other", Us], "credential-1");
        Assert.True(Verify(token, out var svid));
        Assert.Equal((_id, "credential-1", expires, _signer.KeyId), (svid!.Id, svid.Credential, svid.NotAfter, svid.KeyId));
        Assert.Equal(SvidMaker.Now + JwtSvidSigner.Life, expires);
        _time.Advance(JwtSvidSigner.Life + TimeSpan.FromSeconds(29));
        Assert.True(Verify(token, out _));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(Verify(token, out _));
    }

    [Fact]
    public void A_token_for_others_or_by_another_key_is_refused()
    {
        Assert.False(Verify(_signer.Issue(_id, ["other"], "c").Token, out _));
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var forger = new JwtSvidSigner("acme.example", thief, _time);
        var forged = forger.Issue(_id, [Us], "c").Token;
        Assert.False(Verify(forged, out _));

        // A key of one domain does not vouch for an id of another, by whatever key id.
        var verifier = new JwtSvidVerifier(_time);
        Assert.False(verifier.TryVerify(forged, Us, domain => domain == "rival.example" ? Keys(forger) : domain == "acme.example" ? Keys(_signer) : null, out _));
        Assert.True(verifier.TryVerify(forged, Us, _ => Keys(forger), out _));
    }

    [Fact]
    public void Every_single_character_of_a_token_counts()
    {
        var token = _signer.Issue(_id, [Us], "c").Token;
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.False(Verify(new string(changed), out _), $"at {i}");
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES384","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"other","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"K","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"K","crit":["b64"],"b64":true}""")]
    [InlineData("""{"alg":"ES256","kid":"K","kid":"K"}""")]
    public void T45_a_header_can_choose_neither_the_algorithm_nor_the_key(string header)
    {
        var payload = Payload($$"""{"sub":"{{_id}}","aud":["{{Us}}"],"exp":{{SvidMaker.Now.AddMinutes(5).ToUnixTimeSeconds()}}}""");
        Assert.True(Verify(Signed("""{"alg":"ES256","kid":"K","typ":"JWT"}""", payload), out _));
        Assert.False(Verify(Signed(header, payload), out _));

        // The public key is no shared secret either.
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("\"K\"", $"\"{_signer.KeyId}\"", StringComparison.Ordinal)))}.{payload}";
        Assert.False(Verify($"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(input)))}", out _));
    }

    [Theory]
    [InlineData("""{"aud":["US"],"exp":300}""")]
    [InlineData("""{"sub":"ID","exp":300}""")]
    [InlineData("""{"sub":"ID","aud":["US"]}""")]
    [InlineData("""{"sub":"ID","aud":["US"],"exp":-60}""")]
    [InlineData("""{"sub":"ID","aud":["US"],"exp":3600}""")]
    [InlineData("""{"sub":"ID","aud":["US"],"nbf":120,"exp":300}""")]
    [InlineData("""{"sub":"ID/","aud":["US"],"exp":300}""")]
    [InlineData("""{"sub":"US","aud":["US"],"exp":300}""")]
    [InlineData("""{"sub":"spiffe://rival.example/x","aud":["US"],"exp":300}""")]
    public void A_token_that_says_too_little_or_too_much_is_refused(string claims)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(
            claims.Replace("\"ID", $"\"{_id}", StringComparison.Ordinal).Replace("\"US\"", $"\"{Us}\"", StringComparison.Ordinal), "\"(exp|nbf)\":(-?[0-9]+)",
            match => $"\"{match.Groups[1].Value}\":{SvidMaker.Now.ToUnixTimeSeconds() + int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)}");
        Assert.False(Verify(Signed("""{"alg":"ES256","kid":"K","typ":"JWT"}""", Payload(text)), out _));
    }

    private static string Payload(string claims) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));

    private string Signed(string header, string payload)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("\"K\"", $"\"{_signer.KeyId}\"", StringComparison.Ordinal)))}.{payload}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private bool Verify(string token, out JwtSvid? svid) =>
        new JwtSvidVerifier(_time).TryVerify(token, Us, domain => domain == "acme.example" ? Keys(_signer) : null, out svid);

    private static Dictionary<string, JsonWebKey> Keys(JwtSvidSigner signer) => new(StringComparer.Ordinal) { [signer.KeyId] = signer.PublicKey };
}
