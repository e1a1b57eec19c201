using System.Security.Cryptography;

namespace Writ.Crypto.Jose;

/// <summary>RSA signatures, as long as the modulus (RFC 7518 sections 3.3 and 3.5).</summary>
internal sealed class RsaMaterial(RSAParameters parameters) : IKeyMaterial
{
    private readonly KeySlot<RSA> _slot = new(() => RSA.Create(parameters));

    /// <summary>Imports the key once, which checks that its numbers belong together.</summary>
    public bool IsSound()
    {
        try
        {
            return _slot.Use(0, static (key, _) => key.KeySize > 0);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == parameters.Modulus!.Length
        && _slot.Use(new SignedData(algorithm, data, signature), static (key, signed) =>
            key.VerifyData(signed.Data, signed.Signature, signed.Algorithm.Hash, PaddingOf(signed.Algorithm)));

    public byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data) =>
        _slot.Use(new SignedData(algorithm, data, default), static (key, signed) =>
            key.SignData(signed.Data, signed.Algorithm.Hash, PaddingOf(signed.Algorithm)));

    public void Dispose()
    {
        _slot.Dispose();
        foreach (var secret in (ReadOnlySpan<byte[]?>)[parameters.D, parameters.P, parameters.Q, parameters.DP, parameters.DQ, parameters.InverseQ])
            CryptographicOperations.ZeroMemory(secret);
    }

    private static RSASignaturePadding PaddingOf(JoseAlgorithm algorithm) => algorithm.IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
}
