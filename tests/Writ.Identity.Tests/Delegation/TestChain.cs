using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Delegation;

/// <summary>An issuer, the keys of some agents, and what a chain of theirs needs. Keys are few: what is random is what is signed.</summary>
internal sealed class TestChain
{
    public const string Issuer = "https://writ.example";
    private const int Agents = 8;

    private readonly JsonWebSigningKey _issuer = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());

    public TestChain()
    {
        Keys = [.. Enumerable.Range(0, Agents).Select(_ => JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate()))];
        Ids = [.. Enumerable.Range(0, Agents).Select(_ => SpiffeId.ForAgent("acme.example", Guid.NewGuid()))];
        Verifier = new ChainVerifier(Issuer, _issuer.VerificationKey, Time);
    }

    public FakeTime Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public ChainVerifier Verifier { get; }

    public JsonWebSigningKey[] Keys { get; }

    public SpiffeId[] Ids { get; }

    public JsonWebSigningKey IssuerKey => _issuer;

    public DelegationTerms Terms => new()
    {
        Agent = Ids[0],
        Organization = "acme",
        Principal = "alice",
        Audiences = [Issuer],
        IssuedAt = Time.GetUtcNow(),
        Expires = Time.GetUtcNow().AddHours(1),
        MaxDepth = 6,
        Tools = DelegatedTools.Unconstrained("shop/refund", "shop/read"),
    };

    public string Root(DelegationTerms terms, string id = "root") => DelegationSigner.Root(Issuer, id, terms with { Agent = Ids[0] }, Keys[0].VerificationKey, _issuer);

    /// <summary>A child by the agent at the place of the parent, for the agent that comes next.</summary>
    public string Derive(string parent, int depth, DelegationTerms terms)
    {
        Assert.True(DelegationSigner.TryDerive(parent, $"t{depth}", terms with { Agent = Ids[depth] }, Keys[depth].VerificationKey, Keys[depth - 1], out var text, out var fault), fault.ToString());
        return text;
    }

    /// <summary>The same, whether or not it may be.</summary>
    public string Forge(DelegationToken parent, int depth, DelegationTerms terms) =>
        DelegationSigner.Sign(parent.Holder.ThumbprintUri, $"t{depth}", parent, terms with { Agent = Ids[depth] }, Keys[depth].VerificationKey, Keys[depth - 1]);

    public DelegationFault Verify(params string[] tokens) => Verifier.TryVerify(tokens, out _);

    public static DelegationToken Read(string token)
    {
        Assert.Equal(DelegationFault.None, DelegationTokenReader.TryRead(System.Text.Encoding.UTF8.GetBytes(token), out var read));
        return read!;
    }
}
