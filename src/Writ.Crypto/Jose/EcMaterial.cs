using System.Security.Cryptography;

namespace Writ.Crypto.Jose;

/// <summary>ECDSA with signatures as R and S side by side, each as long as a coordinate (RFC 7518 section 3.4).</summary>
internal sealed class EcMaterial(EcCurve curve, ECParameters parameters) : IKeyMaterial
{
    private readonly KeySlot<ECDsa> _slot = new(() => ECDsa.Create(parameters));

    /// <summary>Imports the key once, which checks that the point is on the curve and that a private half belongs to it.</summary>
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
        signature.Length == 2 * curve.CoordinateLength
        && _slot.Use(new SignedData(algorithm, data, signature), static (key, signed) =>
            key.VerifyData(signed.Data, signed.Signature, signed.Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data) =>
        _slot.Use(new SignedData(algorithm, data, default), static (key, signed) =>
            key.SignData(signed.Data.ToArray(), signed.Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public void Dispose()
    {
        _slot.Dispose();
        CryptographicOperations.ZeroMemory(parameters.D);
    }
}
