namespace Writ.Crypto.Signing;

/// <summary>One public key in the hands of one implementation. The signature has 64 bytes. Thread safe.</summary>
internal interface IEd25519Verifier
{
    bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
