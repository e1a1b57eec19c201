namespace Writ.Crypto.Jose;

/// <summary>The arithmetic behind a key of one type. Thread safe. Asked only for algorithms that the key's type and curve can do.</summary>
internal interface IKeyMaterial : IDisposable
{
    bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>A signature; only where the material has the private half.</summary>
    byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data);
}
