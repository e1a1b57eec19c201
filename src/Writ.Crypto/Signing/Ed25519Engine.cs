namespace Writ.Crypto.Signing;

/// <summary>Who does the arithmetic. Both must answer alike, always; tests run both.</summary>
internal enum Ed25519Engine
{
    /// <summary>OpenSSL's libcrypto.</summary>
    Libcrypto,

    /// <summary>Code of our own.</summary>
    Managed,
}
