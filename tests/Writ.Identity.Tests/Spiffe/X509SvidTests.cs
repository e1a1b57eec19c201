using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Spiffe;

public sealed class X509SvidTests
{
    private const string Client = "1.3.6.1.5.5.7.3.2", Server = "1.3.6.1.5.5.7.3.1";

    [Fact]
    public void Every_published_chain_is_taken_or_refused()
    {
        var folder = Corpora.Require("identity/spiffe");
        var (good, wrong) = (0, 0);
        foreach (var file in Directory.GetFiles(folder, "x509svid_*-*.pem").Where(file => !Path.GetFileName(file).StartsWith("x509svid_key-", StringComparison.Ordinal)))
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(File.ReadAllText(file));
            var isGood = Path.GetFileName(file).StartsWith("x509svid_good-", StringComparison.Ordinal);
            var leaf = X509SvidRules.CheckLeaf(chain[0], out var id);
            var isTaken = leaf == X509SvidFault.None && chain.Skip(1).All(signing => X509SvidRules.CheckSigning(signing) == X509SvidFault.None);
            Assert.True(isGood == isTaken, $"{Path.GetFileName(file)}: {leaf}");
            Assert.Equal(leaf == X509SvidFault.None, id is not null);
            (good, wrong) = isGood ? (good + 1, wrong) : (good, wrong + 1);
        }

        Assert.Equal((4, 7), (good, wrong));
    }

    [Fact]
    public void A_chain_to_a_root_of_its_own_domain_is_an_svid()
    {
        using var root = SvidMaker.Root("acme.example").Make();
        using var between = (SvidMaker.Root("acme.example") with { Until = TimeSpan.FromDays(1), From = TimeSpan.FromDays(-1) }).Make(root);
        using var leaf = new SvidMaker { Extended = [Client, Server] }.Make(between);
        Assert.Equal(X509SvidFault.None, Verify(leaf, [between], ("acme.example", root), out var svid));
        Assert.Equal("spiffe://acme.example/agent/one", svid!.Id.ToString());
        Assert.Equal(X509Svid.ThumbprintOf(root), svid.RootThumbprint);
        Assert.Equal(leaf.NotAfter.ToUniversalTime(), svid.NotAfter.UtcDateTime);
        Assert.Equal(X509SvidFault.NoPath, Verify(leaf, [], ("acme.example", root), out _));
    }

    [Fact]
    public void A_leaf_that_is_wrong_in_one_thing_is_refused_with_it()
    {
        var right = new SvidMaker();
        using var root = SvidMaker.Root("acme.example").Make();
        (SvidMaker Maker, X509SvidFault Fault)[] cases =
        [
            (right, X509SvidFault.None),
            (right with { Uris = [] }, X509SvidFault.NotOneUri),
            (right with { Uris = ["spiffe://acme.example/a", "spiffe://acme.example/b"] }, X509SvidFault.NotOneUri),
            (right with { Uris = ["https://acme.example/a"] }, X509SvidFault.NotASpiffeId),
            (right with { Uris = ["spiffe://acme.example/agent/"] }, X509SvidFault.NotASpiffeId),
            (right with { Uris = ["spiffe://ACME.example/agent"] }, X509SvidFault.NotASpiffeId),
            (right with { Uris = ["spiffe://acme.example"] }, X509SvidFault.WrongPath),
            (right with { Authority = true }, X509SvidFault.WrongAuthority),
            (right with { Usage = null }, X509SvidFault.WrongKeyUsage),
            (right with { UsageCritical = false }, X509SvidFault.WrongKeyUsage),
            (right with { Usage = X509KeyUsageFlags.NonRepudiation }, X509SvidFault.WrongKeyUsage),
            (right with { Usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign }, X509SvidFault.WrongKeyUsage),
            (right with { Usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.CrlSign }, X509SvidFault.WrongKeyUsage),
            (right with { Extended = [Server] }, X509SvidFault.WrongExtendedKeyUsage),
            (right with { Extended = ["1.3.6.1.5.5.7.3.3"] }, X509SvidFault.WrongExtendedKeyUsage),
            (right with { Curve = ECCurve.CreateFromFriendlyName("secp256k1") }, X509SvidFault.WeakAlgorithm),
            (right with { Until = TimeSpan.FromSeconds(-10) }, X509SvidFault.OutOfTime),
            (right with { From = TimeSpan.FromSeconds(10) }, X509SvidFault.OutOfTime),
            (right with { UnknownCriticalExtension = "1.2.3.4.5" }, X509SvidFault.NoPath),
            (right with { Uris = ["spiffe://other.example/agent/one"] }, X509SvidFault.UnknownTrustDomain),
        ];
        Assert.All(cases, one =>
        {
            using var leaf = one.Maker.Make(root);
            Assert.Equal(one.Fault, Verify(leaf, [], ("acme.example", root), out var svid));
            Assert.Equal(one.Fault == X509SvidFault.None, svid is not null);
        });
    }

    [Fact]
    public void T53_an_id_with_a_slash_more_is_refused_and_none_is_ever_written()
    {
        using var root = SvidMaker.Root("acme.example").Make();
        using var slashed = new SvidMaker { Uris = ["spiffe://acme.example/"] }.Make(root);
        Assert.Equal(X509SvidFault.NotASpiffeId, Verify(slashed, [], ("acme.example", root), out _));

        using var authority = SvidAuthority.Create("acme.example", new FakeTime(SvidMaker.Now));
        using var made = X509CertificateLoader.LoadCertificate(authority.Root.Span);
        Assert.Contains("spiffe://acme.example", System.Text.Encoding.Latin1.GetString(made.RawData), StringComparison.Ordinal);
        Assert.DoesNotContain("spiffe://acme.example/", System.Text.Encoding.Latin1.GetString(made.RawData), StringComparison.Ordinal);
    }

    [Fact]
    public void T44_a_foreign_authority_cannot_make_ids_of_another_domain()
    {
        using var ours = SvidMaker.Root("acme.example").Make();
        using var theirs = SvidMaker.Root("rival.example").Make();
        using var unnamed = (SvidMaker.Root("x") with { Uris = [] }).Make();
        using var own = new SvidMaker { Uris = ["spiffe://rival.example/agent/one"] }.Make(theirs);
        using var minted = new SvidMaker().Make(theirs);
        using var mintedUnnamed = new SvidMaker().Make(unnamed);
        (string, X509Certificate2)[] trusted = [("acme.example", ours), ("rival.example", theirs), ("unnamed.example", unnamed)];
        Assert.Equal(X509SvidFault.None, Verify(own, [], trusted, out _));
        Assert.Equal(X509SvidFault.NoPath, Verify(minted, [], trusted, out _));
        Assert.Equal(X509SvidFault.NoPath, Verify(minted, [theirs], trusted, out _));
        Assert.Equal(X509SvidFault.NoPath, Verify(mintedUnnamed, [unnamed], trusted, out _));
    }

    [Fact]
    public void A_leaf_signs_nothing_and_an_intermediate_of_another_domain_leads_nowhere()
    {
        using var root = SvidMaker.Root("acme.example").Make();
        using var leaf = new SvidMaker().Make(root);
        using var child = new SvidMaker { Uris = ["spiffe://acme.example/agent/two"] }.Make(leaf);
        Assert.Equal(X509SvidFault.NoPath, Verify(child, [leaf], ("acme.example", root), out _));

        using var other = (SvidMaker.Root("other.example") with { Until = TimeSpan.FromDays(1), From = TimeSpan.FromDays(-1) }).Make(root);
        using var under = new SvidMaker().Make(other);
        Assert.Equal(X509SvidFault.NoPath, Verify(under, [other], ("acme.example", root), out _));
    }

    [Fact]
    public void A_chain_that_is_too_long_is_not_looked_at()
    {
        using var root = SvidMaker.Root("acme.example").Make();
        using var leaf = new SvidMaker().Make(root);
        X509Certificate2[] many = [.. Enumerable.Repeat(root, X509SvidRules.MaxIntermediates + 1)];
        Assert.Equal(X509SvidFault.WrongSize, Verify(leaf, many, ("acme.example", root), out _));
    }

    private static X509SvidFault Verify(X509Certificate2 leaf, X509Certificate2[] between, (string Domain, X509Certificate2 Root) trusted, out X509Svid? svid) =>
        Verify(leaf, between, [trusted], out svid);

    private static X509SvidFault Verify(X509Certificate2 leaf, X509Certificate2[] between, (string Domain, X509Certificate2 Root)[] trusted, out X509Svid? svid) =>
        X509SvidVerifier.Verify(leaf, [.. between], domain => [.. trusted.Where(one => one.Domain == domain).Select(one => one.Root)], SvidMaker.Now, out svid);
}
