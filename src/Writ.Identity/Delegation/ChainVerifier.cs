using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;

namespace Writ.Identity.Delegation;

/// <summary>
/// Verifies chains of attenuating agent tokens (draft-niyikiza-oauth-attenuating-agent-tokens) against the key of their issuer: (1) sizes,
/// (2) each token's own form, (3) the root's signature, (4) each signature by the holder of the token before, (5) the rules of each link,
/// (6) that no agent is on the chain twice, (7) times. All but the last is remembered for a chain's exact bytes. Thread safe.
/// </summary>
/// <param name="issuer">What <c>iss</c> of a root is.</param>
/// <param name="key">What a root is signed with.</param>
/// <param name="time">The clock.</param>
public sealed class ChainVerifier(string issuer, JsonWebKey key, TimeProvider time)
{
    private readonly VerifiedPrefixes _verified = new();
    private readonly HolderKeys _holders = new();

    /// <summary>Verifies tokens, root first. The chain is null when it is refused.</summary>
    public DelegationFault TryVerify(IReadOnlyList<string> tokens, out DelegationChain? chain)
    {
        chain = null;
        if (tokens.Count is 0 or > DelegationLimits.MaxTokens || tokens.Sum(token => (long)token.Length) > DelegationLimits.MaxChainBytes)
            return DelegationFault.WrongSize;
        var keys = Keys(tokens);
        var (links, known) = Longest(keys);
        for (var i = known; i < tokens.Count; i++)
        {
            var fault = TryLink(links, Encoding.UTF8.GetBytes(tokens[i]), out var link);
            if (fault != DelegationFault.None)
                return fault;
            links = links.Add(link!);
            _verified.Add(keys[i], links);
        }

        var late = CheckTimes(links);
        chain = late == DelegationFault.None ? new DelegationChain(links) : null;
        return late;
    }

    // One key for every prefix. Tokens end with a character that none of them can have, so that no two chains share a key.
    private static Hash256[] Keys(IReadOnlyList<string> tokens)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var keys = new Hash256[tokens.Count];
        Span<byte> digest = stackalloc byte[Hash256.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tokens[i]));
            hash.AppendData("\n"u8);
            hash.GetCurrentHash(digest);
            keys[i] = new Hash256(digest);
        }

        return keys;
    }

    private (ImmutableArray<DelegationToken> Links, int Known) Longest(Hash256[] keys)
    {
        for (var known = keys.Length; known > 0; known--)
        {
            if (_verified.Find(keys[known - 1]) is { } links)
                return (links, known);
        }

        return ([], 0);
    }

    private DelegationFault TryLink(ImmutableArray<DelegationToken> before, ReadOnlyMemory<byte> text, out DelegationToken? token)
    {
        var fault = DelegationTokenReader.TryRead(text, out token, _holders);
        if (fault == DelegationFault.None)
            fault = LinkRules.CheckAlone(token!);
        if (fault != DelegationFault.None)
            return fault;
        var signature = token!.Jws.Signature;
        var signer = before.IsEmpty ? key : before[^1].Holder;
        if (before.IsEmpty && (token.Issuer != issuer || token.Depth != 0))
            return DelegationFault.WrongRoot;
        if (!signer.Verify(signature.Header.Algorithm, signature.SigningInput.Span, signature.Value.Span))
            return before.IsEmpty ? DelegationFault.WrongRoot : DelegationFault.WrongHolder;
        if (!before.IsEmpty)
            fault = LinkRules.Check(before[^1], token);
        var agent = token.Terms.Agent;
        return fault == DelegationFault.None && before.Any(link => link.Terms.Agent.Equals(agent)) ? DelegationFault.Cycle : fault;
    }

    private DelegationFault CheckTimes(ImmutableArray<DelegationToken> links)
    {
        var now = time.GetUtcNow();
        foreach (var link in links)
        {
            if (now >= link.Terms.Expires)
                return DelegationFault.Expired;
            if (now + DelegationLimits.Skew < link.Terms.IssuedAt)
                return DelegationFault.NotYetValid;
        }

        return DelegationFault.None;
    }
}
