using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Identity.Delegation;

namespace Writ.Identity.Tests.Delegation;

public sealed class PossessionProofTests
{
    private const string Arguments = """{"order":7,"amount":50}""";

    private readonly TestChain _chain = new();
    private readonly string _root;

    public PossessionProofTests() => _root = _chain.Root(_chain.Terms);

    [Fact]
    public void A_proof_is_of_one_call_and_no_other()
    {
        var proof = Make();
        Assert.Equal(DelegationFault.None, Check(proof, arguments: """{ "amount": 50.0, "order": 7 }"""));
        Assert.Equal(DelegationFault.ProofOfSomethingElse, Check(proof, arguments: """{"order":7,"amount":51}"""));
        Assert.Equal(DelegationFault.ProofOfSomethingElse, Check(proof, tool: "shop/read"));
        Assert.Equal(DelegationFault.ProofOfSomethingElse, Check(proof, audience: "https://other.example"));
        Assert.Equal(DelegationFault.ProofOfSomethingElse, Check(proof, leaf: _chain.Root(_chain.Terms, "other")));
        Assert.Equal(DelegationFault.WrongProof, Check(proof, leaf: _chain.Derive(_root, 1, _chain.Terms)));
        Assert.Equal(DelegationFault.WrongProof, Check(null));
        Assert.Equal(DelegationFault.WrongProof, Check(_root));
    }

    [Fact]
    public void A_proof_is_good_for_30_seconds_either_way()
    {
        var proof = Make();
        _chain.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(DelegationFault.None, Check(proof));
        _chain.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DelegationFault.ProofNotFresh, Check(proof));
        var future = Make();
        _chain.Time.StepWallClock(TimeSpan.FromSeconds(-31));
        Assert.Equal(DelegationFault.ProofNotFresh, Check(future));
    }

    [Fact]
    public void With_any_character_changed_it_proves_nothing()
    {
        var proof = Make();
        for (var i = 0; i < proof.Length; i++)
            Assert.NotEqual(DelegationFault.None, Check(proof[..i] + (char)(proof[i] ^ 1) + proof[(i + 1)..]));
    }

    [Fact]
    public void A_nonce_is_used_once_while_it_counts_and_a_full_book_takes_none()
    {
        var book = new NonceBook(_chain.Time, capacity: 2);
        var until = _chain.Time.GetUtcNow().AddSeconds(30);
        Assert.True(book.TryUse(Hash256.Of("a"u8), until));
        Assert.False(book.TryUse(Hash256.Of("a"u8), until));
        Assert.True(book.TryUse(Hash256.Of("b"u8), until));
        Assert.False(book.TryUse(Hash256.Of("c"u8), until));
        _chain.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(book.TryUse(Hash256.Of("c"u8), until.AddSeconds(31)));
    }

    private string Make() => PossessionProof.Make(_root, "shop/refund", Encoding.UTF8.GetBytes(Arguments), TestChain.Issuer, _chain.Keys[0], _chain.Time);

    private DelegationFault Check(string? proof, string tool = "shop/refund", string arguments = Arguments, string audience = TestChain.Issuer, string? leaf = null)
    {
        Assert.True(Jcs.TryHash(Encoding.UTF8.GetBytes(arguments), out var hash, out _));
        return PossessionProof.Check(proof, TestChain.Read(leaf ?? _root), tool, hash, audience, _chain.Time.GetUtcNow(), out _);
    }
}
