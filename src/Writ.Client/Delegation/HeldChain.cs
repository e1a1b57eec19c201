using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Jose;
using Writ.Identity.Delegation;

namespace Writ.Client.Delegation;

/// <summary>
/// A delegation chain in the hands of the agent that holds it. The agent hands on less than it holds, without asking anybody, and proves for
/// every call that it holds the key of the last token. What is wrong with a child shows here and not at the door. Immutable and thread safe;
/// the key stays the caller's, who disposes it.
/// </summary>
public sealed class HeldChain
{
    private readonly JsonWebSigningKey _key;
    private readonly TimeProvider _time;

    private HeldChain(ImmutableArray<string> tokens, DelegationTerms terms, JsonWebSigningKey key, TimeProvider time) => (Tokens, Terms, _key, _time) = (tokens, terms, key, time);

    /// <summary>The tokens, root first: 1 to <see cref="DelegationLimits.MaxTokens"/>.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <summary>What the last token allows whom: the most that a child can be given.</summary>
    public DelegationTerms Terms { get; }

    /// <summary>
    /// Takes a chain into hand. Signatures are the door's to verify; that the last token is one and is of this key shows at once.
    /// </summary>
    /// <param name="tokens">The tokens, root first, as whoever handed the chain on gave them.</param>
    /// <param name="key">The key that the last token names: Ed25519 or P-256.</param>
    /// <param name="chain">The chain; null where it is none.</param>
    /// <param name="fault">What is wrong, else <see cref="DelegationFault.None"/>.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public static bool TryOpen(
        IEnumerable<string> tokens, JsonWebSigningKey key, [NotNullWhen(true)] out HeldChain? chain, out DelegationFault fault, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(key);
        chain = null;
        var all = tokens.ToImmutableArray();
        if (all.Length is 0 or > DelegationLimits.MaxTokens)
        {
            fault = DelegationFault.WrongSize;
            return false;
        }

        fault = DelegationSigner.TryReadTerms(all[^1], key.VerificationKey, out var terms);
        if (fault != DelegationFault.None)
            return false;
        chain = new HeldChain(all, terms!, key, time ?? TimeProvider.System);
        return true;
    }

    /// <summary>
    /// The chain with a token more, for another agent: its holder sends all of them. False, with the rule that is broken, where the child
    /// would be wider than what is held here.
    /// </summary>
    /// <param name="child">What the child allows whom.</param>
    /// <param name="tokens">The tokens, root first.</param>
    /// <param name="fault">The rule that is broken, else <see cref="DelegationFault.None"/>.</param>
    public bool TryDerive(ChildTerms child, out ImmutableArray<string> tokens, out DelegationFault fault)
    {
        ArgumentNullException.ThrowIfNull(child);
        tokens = default;
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        if (!DelegationSigner.TryDerive(Tokens[^1], Guid.CreateVersion7(now).ToString(), child.Within(Terms, now), child.Holder, _key, out var token, out fault))
            return false;
        tokens = Tokens.Add(token);
        return true;
    }

    /// <summary>What a request carries to make one call under the chain. The proof is good for 30 seconds and for this call, once.</summary>
    /// <param name="tool">The tool, as the chain names it: <c>server/tool</c>.</param>
    /// <param name="arguments">The arguments exactly as they are sent: a UTF-8 JSON object.</param>
    /// <param name="audience">Who is asked: one of the chain's audiences.</param>
    /// <exception cref="ArgumentException">The arguments have no canonical form (RFC 8785).</exception>
    public CallHeaders HeadersFor(string tool, ReadOnlySpan<byte> arguments, string audience) =>
        new(string.Join(',', Tokens), PossessionProof.Make(Tokens[^1], tool, arguments, audience, _key, _time));
}
