using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Delegation;
using Writ.Identity.Delegation.Constraints;
using Writ.Testing;

namespace Writ.Identity.Tests.Delegation;

public sealed class ChainVerifierTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void T43_a_forged_parent_is_refused()
    {
        using var thief = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var forged = DelegationSigner.Root(TestChain.Issuer, "root", _chain.Terms, _chain.Keys[0].VerificationKey, thief);
        Assert.Equal(DelegationFault.WrongRoot, _chain.Verify(forged, _chain.Derive(forged, 1, _chain.Terms)));
        Assert.Equal(DelegationFault.WrongRoot, _chain.Verify(DelegationSigner.Root("https://mallory.example", "root", _chain.Terms, _chain.Keys[0].VerificationKey, _chain.IssuerKey)));
        var root = _chain.Root(_chain.Terms);
        Assert.Equal(DelegationFault.WrongRoot, _chain.Verify(_chain.Derive(root, 1, _chain.Terms)));
        Assert.Equal(DelegationFault.None, _chain.Verify(root));
    }

    [Fact]
    public void A_child_moved_under_another_grant_of_the_same_holder_is_refused()
    {
        var (one, other) = (_chain.Root(_chain.Terms, "one"), _chain.Root(_chain.Terms, "other"));
        var child = _chain.Derive(one, 1, _chain.Terms);
        Assert.Equal(DelegationFault.None, _chain.Verify(one, child));
        Assert.Equal(DelegationFault.WrongParent, _chain.Verify(other, child));
    }

    [Fact]
    public void A_child_signed_by_somebody_else_is_refused()
    {
        var root = _chain.Root(_chain.Terms);
        Assert.False(DelegationSigner.TryDerive(root, "t", _chain.Terms with { Agent = _chain.Ids[1] }, _chain.Keys[1].VerificationKey, _chain.Keys[2], out _, out var fault));
        Assert.Equal(DelegationFault.WrongHolder, fault);
        var forged = DelegationSigner.Sign(TestChain.Read(root).Holder.ThumbprintUri, "t", TestChain.Read(root), _chain.Terms with { Agent = _chain.Ids[1] }, _chain.Keys[1].VerificationKey, _chain.Keys[2]);
        Assert.Equal(DelegationFault.WrongHolder, _chain.Verify(root, forged));
    }

    [Fact]
    public void An_agent_is_on_a_chain_once()
    {
        var root = _chain.Root(_chain.Terms);
        var child = _chain.Derive(root, 1, _chain.Terms);
        Assert.True(DelegationSigner.TryDerive(child, "t2", _chain.Terms with { Agent = _chain.Ids[0] }, _chain.Keys[2].VerificationKey, _chain.Keys[1], out var back, out _));
        Assert.Equal(DelegationFault.Cycle, _chain.Verify(root, child, back));
    }

    [Fact]
    public void A_chain_ends_with_the_first_of_its_tokens_also_when_it_was_verified_before()
    {
        var root = _chain.Root(_chain.Terms);
        var child = _chain.Derive(root, 1, _chain.Terms with { Expires = _chain.Terms.Expires.AddMinutes(-30) });
        Assert.Equal(DelegationFault.None, _chain.Verify(root, child));
        _chain.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(DelegationFault.Expired, _chain.Verify(root, child));
        Assert.Equal(DelegationFault.None, _chain.Verify(root));
        Assert.Equal(DelegationFault.NotYetValid, _chain.Verify(_chain.Root(_chain.Terms with { IssuedAt = _chain.Time.GetUtcNow().AddSeconds(31) })));
    }

    [Fact]
    public void A_root_lives_90_days_at_most()
    {
        var terms = _chain.Terms;
        Assert.Equal(DelegationFault.None, _chain.Verify(_chain.Root(terms with { Expires = terms.IssuedAt.AddDays(90) })));
        Assert.Throws<ArgumentException>(() => _chain.Root(terms with { Expires = terms.IssuedAt.AddDays(90).AddSeconds(1) }));
    }

    [Fact]
    public void A_chain_is_as_deep_as_its_root_allows()
    {
        var root = _chain.Root(_chain.Terms with { MaxDepth = 1 });
        var child = _chain.Derive(root, 1, _chain.Terms with { MaxDepth = 1 });
        Assert.Equal(DelegationFault.None, _chain.Verify(root, child));
        Assert.Equal(DelegationFault.WrongDepth, _chain.Verify(root, child, _chain.Forge(TestChain.Read(child), 2, _chain.Terms with { MaxDepth = 1 })));
        Assert.Equal(DelegationFault.WrongSize, _chain.Verify([.. Enumerable.Repeat(root, DelegationLimits.MaxTokens + 1)]));
        Assert.Equal(DelegationFault.WrongSize, _chain.Verify());
    }

    [Theory]
    [InlineData("""{"constraint_type":"regex","pattern":".*"}""")]
    [InlineData("""{"constraint_type":"exact","value":1,"or":2}""")]
    [InlineData("""{"constraint_type":"range","max":"9"}""")]
    [InlineData("""{"constraint_type":"range"}""")]
    [InlineData("""{"constraint_type":"all","constraints":[]}""")]
    [InlineData("""{"constraint_type":"any","constraints":[{"constraint_type":"cel","expression":"true"}]}""")]
    [InlineData("""{"value":1}""")]
    [InlineData("""true""")]
    public void A_constraint_that_is_not_understood_refuses_the_token(string constraint)
    {
        Assert.Equal(DelegationFault.None, Tools("""{"shop/refund":{"amount":{"constraint_type":"exact","value":1}}}"""));
        Assert.Equal(DelegationFault.UnknownConstraint, Tools("{\"shop/refund\":{\"amount\":" + constraint + "}}"));
    }

    [Fact]
    public void Constraints_nest_32_deep_and_no_deeper()
    {
        Assert.Equal(DelegationFault.None, Tools("{\"t\":{\"a\":" + Nested(31) + "}}"));
        Assert.Equal(DelegationFault.UnknownConstraint, Tools("{\"t\":{\"a\":" + Nested(32) + "}}"));
    }

    [Fact]
    public void Alternatives_that_take_too_long_to_compare_are_refused()
    {
        ArgumentConstraint Deep(int depth) => depth == 0 ? new ArgumentConstraint.Contains([]) : new ArgumentConstraint.Any([.. Enumerable.Repeat(Deep(depth - 1), 3), new ArgumentConstraint.Exact(ConstraintValue.Of(depth))]);
        ArgumentConstraint Wall(int depth) => depth == 0 ? new ArgumentConstraint.Subset([]) : new ArgumentConstraint.All([.. Enumerable.Repeat(Wall(depth - 1), 3)]);
        Assert.False(new Subsumption().Covers(Deep(5), Wall(5)));
    }

    [Fact]
    public void T46_no_tools_are_no_tools_and_constraints_are_a_closed_world()
    {
        Assert.False(DelegatedTools.Unconstrained().Allows("shop/refund", Json("{}")));
        Assert.Equal(DelegationFault.None, DelegatedTools.TryReadTools(
            Json("""{"shop/refund":{"amount":{"constraint_type":"range","max":50},"note":{"constraint_type":"wildcard"}}}"""), out var tools));
        Assert.True(tools!.Allows("shop/refund", Json("""{"amount":50}""")));
        Assert.True(tools.Allows("shop/refund", Json("""{"amount":50.0,"note":null}""")));
        Assert.False(tools.Allows("shop/refund", Json("""{"amount":50.01}""")));
        Assert.False(tools.Allows("shop/refund", Json("""{"amount":"50"}""")));
        Assert.False(tools.Allows("shop/refund", Json("""{}""")));
        Assert.False(tools.Allows("shop/refund", Json("""{"amount":1,"to":"mallory"}""")));
        Assert.False(tools.Allows("shop/Refund", Json("""{"amount":1}""")));
    }

    [Fact]
    public void ES256_holders_are_accepted_and_others_are_not()
    {
        using var ecdsa = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var p256 = JsonWebSigningKey.FromEcdsa(ecdsa);
        var root = DelegationSigner.Root(TestChain.Issuer, "r", _chain.Terms, p256.VerificationKey, _chain.IssuerKey);
        Assert.True(DelegationSigner.TryDerive(root, "c", _chain.Terms with { Agent = _chain.Ids[1] }, _chain.Keys[1].VerificationKey, p256, out var child, out _));
        Assert.Equal(DelegationFault.None, _chain.Verify(root, child));

        using var p384 = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        using var other = JsonWebSigningKey.FromEcdsa(p384);
        Assert.Throws<ArgumentException>(() => DelegationSigner.Root(TestChain.Issuer, "r", _chain.Terms, other.VerificationKey, _chain.IssuerKey));
    }

    [Fact]
    public async Task A_child_that_another_library_made_is_accepted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var peer = LinePeer.Start(Peers.Jose);
        var pair = await peer.AskAsync(new JsonObject { ["op"] = "generate", ["alg"] = "EdDSA" }, cancellation);
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(pair["public"]!.ToJsonString()), out var holder, out _));
        var root = DelegationSigner.Root(TestChain.Issuer, "r", _chain.Terms, holder, _chain.IssuerKey);
        var claims = JsonNode.Parse(Base64UrlText.TryDecode(root.Split('.')[1], out var payload) ? payload : [])!.AsObject();
        claims["iss"] = (await peer.AskAsync(new JsonObject { ["op"] = "thumbprint", ["key"] = pair["public"]!.DeepClone() }, cancellation))["uri"]!.DeepClone();
        claims["jti"] = "theirs";
        claims["del_depth"] = 1;
        claims["par_hash"] = TestChain.Read(root).Hash.ToBase64Url();
        claims["agent"] = _chain.Ids[1].ToString();
        Assert.Equal(DelegationFault.None, _chain.Verify(root, await SignAsync()));
        claims["principal"] = "mallory";
        Assert.Equal(DelegationFault.OtherPrincipal, _chain.Verify(root, await SignAsync()));

        async Task<string> SignAsync() => (await peer.AskAsync(
            new JsonObject { ["op"] = "sign", ["alg"] = "EdDSA", ["key"] = pair["private"]!.DeepClone(), ["payload"] = claims.ToJsonString(), ["typ"] = "aat+jwt" },
            cancellation))["jws"]!.GetValue<string>();
    }

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("""{"constraint_type":"all","constraints":[""", levels)) + """{"constraint_type":"wildcard"}""" + string.Concat(Enumerable.Repeat("]}", levels));

    private static System.Text.Json.JsonElement Json(string json) => System.Text.Json.JsonElement.Parse(Encoding.UTF8.GetBytes(json), new() { MaxDepth = 128 });

    private static DelegationFault Tools(string json) => DelegatedTools.TryReadTools(Json(json), out _);
}
