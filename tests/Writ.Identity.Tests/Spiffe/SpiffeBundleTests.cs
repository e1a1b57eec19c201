using System.Text;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Spiffe;

public sealed class SpiffeBundleTests
{
    [Theory]
    [InlineData("spiffebundle_valid_1.json", 1, 1)]
    [InlineData("spiffebundle_valid_2.json", 1, 6)]
    [InlineData("spiffebundle_valid_with_wit.json", 1, 2)]
    public void A_published_bundle_is_read(string file, int roots, int tokenKeys)
    {
        Assert.True(SpiffeBundle.TryRead(File.ReadAllBytes(Corpora.Require("identity/spiffe/" + file)), out var bundle, out var obstacle), obstacle);
        Assert.Equal((roots, tokenKeys), (bundle.Roots.Length, bundle.TokenKeys.Count));
    }

    [Theory]
    [InlineData("spiffebundle_missing_kid.json")]
    [InlineData("spiffebundle_multiple_x509.json")]
    [InlineData("spiffebundle_no_keys.json")]
    public void A_published_wrong_bundle_is_refused(string file)
    {
        Assert.False(SpiffeBundle.TryRead(File.ReadAllBytes(Corpora.Require("identity/spiffe/" + file)), out _, out var obstacle));
        Assert.NotEqual("", obstacle);
    }

    [Theory]
    [InlineData("jwtbundle_jwks_valid_1.json", 1)]
    [InlineData("jwtbundle_jwks_valid_2.json", 2)]
    [InlineData("jwtbundle_jwks_missing_kid.json", null)]
    public void A_published_key_set_for_tokens_is_read_where_every_key_has_an_id(string file, int? keys)
    {
        Assert.Equal(keys is not null, SpiffeBundle.TryReadTokenKeys(File.ReadAllBytes(Corpora.Require("identity/spiffe/" + file)), out var bundle, out _));
        Assert.Equal(keys, bundle?.TokenKeys.Count);
        Assert.True(bundle?.Roots.IsEmpty ?? true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("{\"keys\":[],\"spiffe_sequence\":-1}")]
    [InlineData("{\"keys\":[],\"spiffe_sequence\":\"1\"}")]
    [InlineData("{\"keys\":[{\"use\":\"x509-svid\"}]}")]
    [InlineData("{\"keys\":[{\"use\":\"x509-svid\",\"x5c\":[\"AAAA\"]}]}")]
    [InlineData("{\"keys\":[{\"use\":\"x509-svid\",\"x5c\":[\"not base64\"]}]}")]
    [InlineData("{\"keys\":[{\"use\":\"jwt-svid\",\"kid\":\"\"}]}")]
    [InlineData("{\"keys\":[{\"use\":\"jwt-svid\",\"kid\":\"a\"},{\"use\":\"jwt-svid\",\"kid\":\"a\"}]}")]
    public void What_is_no_bundle_is_refused(string text) =>
        Assert.False(SpiffeBundle.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void An_empty_bundle_says_that_nothing_is_trusted()
    {
        Assert.True(SpiffeBundle.TryRead("{\"keys\":[],\"spiffe_sequence\":7,\"spiffe_refresh_hint\":60}"u8.ToArray(), out var bundle, out _));
        Assert.Empty(bundle.Roots);
        Assert.Equal((7UL, TimeSpan.FromMinutes(1)), (bundle.Sequence, bundle.RefreshHint));
    }
}
