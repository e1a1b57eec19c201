using Writ.Identity.Tokens;

namespace Writ.Governance.Credentials;

/// <summary>Makes credentials of every kind. Thread safe.</summary>
public sealed class CredentialIssuer(TokenAuthority tokens, TimeProvider time)
{
    /// <summary>How long an agent's or an enforcement point's key works.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    public IssuedCredential Issue(TokenKind kind) => Issue(kind, KeyLife);

    /// <summary>Makes one that works for so long.</summary>
    public IssuedCredential Issue(TokenKind kind, TimeSpan life)
    {
        var now = time.GetUtcNow();
        var expires = now + life;
        var issued = tokens.Issue(kind, TokenId.New(now), expires);
        return new IssuedCredential(issued.Text, issued.Record.Id.ToString(), issued.Record.SecretHash.ToHex(), expires);
    }
}
