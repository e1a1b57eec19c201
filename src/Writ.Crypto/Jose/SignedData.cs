namespace Writ.Crypto.Jose;

/// <summary>What a signature is made of or checked against, carried into a <see cref="KeySlot{T}"/> without a copy.</summary>
internal readonly ref struct SignedData(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
{
    public JoseAlgorithm Algorithm { get; } = algorithm;

    public ReadOnlySpan<byte> Data { get; } = data;

    public ReadOnlySpan<byte> Signature { get; } = signature;
}
