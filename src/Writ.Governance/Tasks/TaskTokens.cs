using Writ.Crypto.Hashing;
using Writ.Governance.Credentials;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tasks;

/// <summary>Mints and checks the tokens that name tasks. Thread safe.</summary>
public sealed class TaskTokens(TokenAuthority tokens, CredentialIssuer issuer, TimeProvider time)
{
    public IssuedCredential Mint() => issuer.Issue(TokenKind.TaskToken);

    /// <summary>The task a token names, if the token is one, and the task that <paramref name="find"/> has for its id is its own.</summary>
    public OpenTask? Verify(string token, Func<string, OpenTask?> find)
    {
        if (!PresentedToken.TryParse(token, out var presented, out _) || presented.Kind != TokenKind.TaskToken)
            return null;
        var task = find(presented.Id.ToString());
        var record = task?.TokenHash is { } text && Hash256.TryParseHex(text, out var hash)
            ? new TokenRecord(presented.Id, TokenKind.TaskToken, hash)
            : null;
        return tokens.Verify(presented, record, time.GetUtcNow()) == TokenVerdict.Accepted ? task : null;
    }
}
