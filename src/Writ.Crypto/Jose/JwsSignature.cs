namespace Writ.Crypto.Jose;

/// <summary>One signature with what it is over, not yet verified. Immutable and thread safe.</summary>
public sealed class JwsSignature
{
    internal JwsSignature(JoseHeader header, ReadOnlyMemory<byte> signingInput, ReadOnlyMemory<byte> value)
    {
        Header = header;
        SigningInput = signingInput;
        Value = value;
    }

    /// <summary>The header; in the JSON serialization the union of the protected and the unprotected one.</summary>
    public JoseHeader Header { get; }

    /// <summary>The bytes that are signed: protected header, a full stop, payload (RFC 7515 section 5.1).</summary>
    public ReadOnlyMemory<byte> SigningInput { get; }

    /// <summary>The signature's own bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }
}
