using Writ.Client.Delegation;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Client.Tests.Delegation;

public sealed class HeldChainTests : IDisposable
{
    private const string Issuer = "spiffe://acme.example";
    private readonly FakeTime _time = new();
    private readonly JsonWebSigningKey _issuer = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
    private readonly JsonWebSigningKey _lead = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
    private readonly JsonWebSigningKey _helper = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
    private readonly SpiffeId _leadId = SpiffeId.ForAgent("acme.example", Guid.NewGuid());
    private readonly SpiffeId _helperId = SpiffeId.ForAgent("acme.example", Guid.NewGuid());

    public void Dispose()
    {
        _issuer.Dispose();
        _lead.Dispose();
        _helper.Dispose();
    }

    [Fact]
    public void What_is_handed_on_is_verified_by_whoever_knows_the_issuer_and_is_no_wider()
    {
        var held = Held();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(held.TryDerive(Child() with { Calls = 3, Life = TimeSpan.FromMinutes(10), MaxDepth = 1, Tools = DelegatedTools.Unconstrained("desk/read"), Purpose = "ticket 4711" }, out var tokens, out _));
        var verifier = new ChainVerifier(Issuer, _issuer.VerificationKey, _time);
        Assert.Equal(DelegationFault.None, verifier.TryVerify(tokens, out var chain));
        var leaf = chain!.Leaf.Terms;
        Assert.Equal((_helperId, 3L, 1, "ticket 4711", _time.GetUtcNow().AddMinutes(10)), (leaf.Agent, leaf.Calls, leaf.MaxDepth, leaf.Purpose, leaf.Expires));
        Assert.Equal(["desk/read"], leaf.Tools.ByName.Keys);

        // What is left out is the parent's.
        Assert.True(held.TryDerive(Child(), out tokens, out _));
        Assert.Equal(DelegationFault.None, verifier.TryVerify(tokens, out chain));
        Assert.Equal((held.Terms.Expires, held.Terms.Calls, held.Terms.MaxDepth), (chain!.Leaf.Terms.Expires, chain.Leaf.Terms.Calls, chain.Leaf.Terms.MaxDepth));
    }

    [Fact]
    public void More_than_is_held_is_refused_here_with_the_rule_that_it_breaks()
    {
        var held = Held();
        foreach (var (child, expected) in new[]
        {
            (Child() with { Tools = DelegatedTools.Unconstrained("desk/pay") }, DelegationFault.WiderTools),
            (Child() with { Calls = 11 }, DelegationFault.WiderCalls),
            (Child() with { Spend = new SpendLimit("USD", 101, null) }, DelegationFault.WiderSpend),
            (Child() with { Life = TimeSpan.FromHours(2) }, DelegationFault.WrongLifetime),
            (Child() with { MaxDepth = 3 }, DelegationFault.WrongDepth),
        })
        {
            Assert.False(held.TryDerive(child, out var tokens, out var fault));
            Assert.Equal((expected, true), (fault, tokens.IsDefault));
        }
    }

    [Fact]
    public void A_chain_is_taken_into_hand_by_the_key_of_its_last_token_alone()
    {
        var root = Root();
        Assert.False(HeldChain.TryOpen([root], _helper, out _, out var fault));
        Assert.Equal(DelegationFault.WrongHolder, fault);
        Assert.False(HeldChain.TryOpen([], _lead, out _, out fault));
        Assert.Equal(DelegationFault.WrongSize, fault);
        Assert.False(HeldChain.TryOpen(Enumerable.Repeat(root, DelegationLimits.MaxTokens + 1), _lead, out _, out fault));
        Assert.Equal(DelegationFault.WrongSize, fault);
        Assert.False(HeldChain.TryOpen(["no token"], _lead, out _, out fault));
        Assert.Equal(DelegationFault.Malformed, fault);
    }

    [Fact]
    public void Two_proofs_of_one_call_are_two()
    {
        var held = Held();
        var (first, second) = (held.HeadersFor("desk/read", "{}"u8, Issuer), held.HeadersFor("desk/read", "{}"u8, Issuer));
        Assert.Equal((held.Tokens[0], held.Tokens[0]), (first.Chain, second.Chain));
        Assert.NotEqual(first.Proof, second.Proof);
        Assert.Throws<ArgumentException>(() => held.HeadersFor("desk/read", """{"a":1,"a":2}"""u8, Issuer));
    }

    private ChildTerms Child() => new() { Agent = _helperId, Holder = _helper.VerificationKey };

    private HeldChain Held()
    {
        Assert.True(HeldChain.TryOpen([Root()], _lead, out var held, out var fault, _time), fault.ToString());
        return held;
    }

    private string Root() => DelegationSigner.Root(
        Issuer, "root",
        new DelegationTerms
        {
            Agent = _leadId,
            Organization = "acme",
            Principal = "ada",
            Audiences = [Issuer],
            IssuedAt = _time.GetUtcNow(),
            Expires = _time.GetUtcNow().AddHours(1),
            MaxDepth = 2,
            Tools = DelegatedTools.Unconstrained("desk/read", "desk/note"),
            Calls = 10,
            Spend = new SpendLimit("USD", 100, null),
        },
        _lead.VerificationKey, _issuer);
}
