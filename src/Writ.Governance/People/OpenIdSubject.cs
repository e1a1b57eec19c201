using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Governance.People;

/// <summary>
/// What a person's account with an OpenID provider is called in the control log, which outlives the person: the SHA-256 of the issuer, a zero byte
/// and the subject. The issuer is part of it, so that an account of another issuer under the same provider's name is another account; an e-mail
/// address never is.
/// </summary>
public static class OpenIdSubject
{
    /// <summary>The longest subject, in characters (OpenID Connect Core 1.0, section 2).</summary>
    public const int MaxLength = 255;

    public static string Digest(string issuer, string subject) => Hash256.Of(Encoding.UTF8.GetBytes($"{issuer}\0{subject}")).ToHex();
}
