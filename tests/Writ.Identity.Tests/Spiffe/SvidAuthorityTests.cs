using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Spiffe;

public sealed class SvidAuthorityTests
{
    private static readonly Guid Agent = new("01890a5d-ac96-774b-bcce-b302099a8057");

    private readonly FakeTime _time = new(SvidMaker.Now);

    [Fact]
    public void What_it_signs_is_an_svid_for_an_hour()
    {
        using var authority = SvidAuthority.Create("acme.example", _time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = authority.Issue(SpiffeId.ForAgent("acme.example", Agent), PublicKeyOf(key));
        Assert.Equal(SvidMaker.Now + SvidAuthority.LeafLife, issued.NotAfter);
        Assert.Equal(X509SvidFault.None, Verify(issued, authority, _time.GetUtcNow(), out var svid));
        Assert.True(svid!.Id.TryGetAgent(out var agent));
        Assert.Equal(Agent, agent);
        Assert.Equal(X509SvidFault.None, Verify(issued, authority, issued.NotAfter - TimeSpan.FromSeconds(1), out _));
        Assert.Equal(X509SvidFault.OutOfTime, Verify(issued, authority, issued.NotAfter + TimeSpan.FromSeconds(1), out _));
        Assert.Equal(X509SvidFault.OutOfTime, Verify(issued, authority, SvidMaker.Now - SvidAuthority.Backdating - TimeSpan.FromSeconds(1), out _));
    }

    [Fact]
    public void Another_root_of_the_same_domain_does_not_vouch_for_it()
    {
        using var authority = SvidAuthority.Create("acme.example", _time);
        using var other = SvidAuthority.Create("acme.example", _time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = authority.Issue(SpiffeId.ForAgent("acme.example", Agent), PublicKeyOf(key));
        Assert.Equal(X509SvidFault.NoPath, Verify(issued, other, _time.GetUtcNow(), out _));
    }

    [Fact]
    public void It_signs_no_other_domains_ids_no_domain_and_no_weak_key()
    {
        using var authority = SvidAuthority.Create("acme.example", _time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1024);
        Assert.Throws<ArgumentException>(() => authority.Issue(SpiffeId.ForAgent("rival.example", Agent), PublicKeyOf(key)));
        Assert.True(SpiffeId.TryParse("spiffe://acme.example", out var domain, out _));
        Assert.Throws<ArgumentException>(() => authority.Issue(domain, PublicKeyOf(key)));
        Assert.Throws<ArgumentException>(() => authority.Issue(SpiffeId.ForAgent("acme.example", Agent), new PublicKey(weak)));
    }

    [Fact]
    public void It_opens_again_with_its_own_key_and_with_no_other()
    {
        using var authority = SvidAuthority.Create("acme.example", _time);
        using var other = SvidAuthority.Create("acme.example", _time);
        Assert.True(SvidAuthority.TryOpen("acme.example", authority.Root.Span, authority.ExportKey(), _time, out var again));
        using (again)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var issued = again.Issue(SpiffeId.ForAgent("acme.example", Agent), PublicKeyOf(key));
            Assert.Equal(X509SvidFault.None, Verify(issued, authority, _time.GetUtcNow(), out _));
        }

        Assert.False(SvidAuthority.TryOpen("acme.example", authority.Root.Span, other.ExportKey(), _time, out _));
        Assert.False(SvidAuthority.TryOpen("rival.example", authority.Root.Span, authority.ExportKey(), _time, out _));
        Assert.False(SvidAuthority.TryOpen("acme.example", authority.Root.Span, [1, 2, 3], _time, out _));
    }

    [Fact]
    public void An_intermediate_is_replaced_when_half_of_its_day_is_over()
    {
        using var authority = SvidAuthority.Create("acme.example", _time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = SpiffeId.ForAgent("acme.example", Agent);
        var first = authority.Issue(id, PublicKeyOf(key));
        _time.Advance(TimeSpan.FromHours(11));
        Assert.True(authority.Issue(id, PublicKeyOf(key)).Chain[1].Span.SequenceEqual(first.Chain[1].Span));
        _time.Advance(TimeSpan.FromHours(2));
        var later = authority.Issue(id, PublicKeyOf(key));
        Assert.False(later.Chain[1].Span.SequenceEqual(first.Chain[1].Span));
        Assert.Equal(X509SvidFault.None, Verify(later, authority, _time.GetUtcNow(), out _));
    }

    [Fact]
    public void A_request_is_read_where_it_is_signed_with_its_own_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new CertificateRequest("CN=administrator", key, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Assert.True(SvidRequest.TryRead(asked.CreateSigningRequestPem(), out var request, out _));
        Assert.Equal(X509Svid.ThumbprintOf(PublicKeyOf(key)), request.KeyThumbprint);

        // Every byte of the signature counts.
        var der = asked.CreateSigningRequest();
        for (var i = 1; i <= 64; i++)
        {
            var changed = der.ToArray();
            changed[^i] ^= 1;
            Assert.False(SvidRequest.TryRead(PemEncoding.WriteString("CERTIFICATE REQUEST", changed), out _, out _));
        }
    }

    [Fact]
    public void A_request_for_another_key_than_signs_it_is_refused()
    {
        using var victim = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new CertificateRequest(new X500DistinguishedName("CN=x"), new PublicKey(victim), HashAlgorithmName.SHA256);
        Assert.False(SvidRequest.TryRead(asked.CreateSigningRequestPem(X509SignatureGenerator.CreateForECDsa(thief)), out _, out var obstacle));
        Assert.NotEqual("", obstacle);

        using var rsa = RSA.Create(2048);
        Assert.False(SvidRequest.TryRead(new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem(), out _, out _));
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(SvidRequest.TryRead(new CertificateRequest("CN=x", wide, HashAlgorithmName.SHA256).CreateSigningRequestPem(), out _, out _));
        Assert.False(SvidRequest.TryRead(null, out _, out _));
        Assert.False(SvidRequest.TryRead("", out _, out _));
        Assert.False(SvidRequest.TryRead(new string('a', SvidRequest.MaxLength + 1), out _, out _));
    }

    private static X509SvidFault Verify(IssuedSvid issued, SvidAuthority authority, DateTimeOffset now, out X509Svid? svid)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(issued.Chain[0].Span);
        using var between = X509CertificateLoader.LoadCertificate(issued.Chain[1].Span);
        using var root = X509CertificateLoader.LoadCertificate(authority.Root.Span);
        return X509SvidVerifier.Verify(leaf, [between], domain => domain == "acme.example" ? [root] : null, now, out svid);
    }

    private static PublicKey PublicKeyOf(ECDsa key) => new(key);
}
