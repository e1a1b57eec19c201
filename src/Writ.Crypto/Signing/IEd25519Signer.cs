namespace Writ.Crypto.Signing;

/// <summary>One secret key in the hands of one implementation. Thread safe; disposing wipes it.</summary>
internal interface IEd25519Signer : IDisposable
{
    void WritePublicKey(Span<byte> destination);

    void Sign(ReadOnlySpan<byte> message, Span<byte> signature);
}
