namespace Writ.Crypto.Jose;

/// <summary>
/// Verifies signatures with keys that the caller trusts already. The algorithm is the key's: a header can only name one that the key is
/// for, so that no confusion of key and algorithm is possible (RFC 8725 sections 3.1 and 3.2). Immutable and thread safe.
/// </summary>
public sealed class JwsVerifier
{
    private readonly JsonWebKeySet _keys;
    private readonly HashSet<JoseAlgorithm>? _accepted;

    /// <summary>A verifier of one set of keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="accepted">The algorithms that are accepted; null accepts every one that a key of the set is for.</param>
    public JwsVerifier(JsonWebKeySet keys, IEnumerable<JoseAlgorithm>? accepted = null)
    {
        _keys = keys;
        _accepted = accepted?.ToHashSet();
    }

    /// <summary>A verifier of one key.</summary>
    public JwsVerifier(JsonWebKey key, IEnumerable<JoseAlgorithm>? accepted = null)
        : this(new JsonWebKeySet([key]), accepted)
    {
    }

    /// <summary>Verifies a signature.</summary>
    public JoseFault Verify(JwsSignature signature) => Verify(signature, out _);

    /// <summary>Verifies a signature and says by which key; the key is null when the signature is refused.</summary>
    public JoseFault Verify(JwsSignature signature, out JsonWebKey? key)
    {
        key = null;
        if (_accepted is not null && !_accepted.Contains(signature.Header.Algorithm))
            return JoseFault.AlgorithmNotAccepted;
        var fault = _keys.TryFind(signature.Header, out var found);
        if (fault != JoseFault.None)
            return fault;
        if (!found!.Verify(signature.Header.Algorithm, signature.SigningInput.Span, signature.Value.Span))
            return JoseFault.WrongSignature;
        key = found;
        return JoseFault.None;
    }
}
