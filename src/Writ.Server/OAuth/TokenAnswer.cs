using Microsoft.AspNetCore.Http;
using Writ.Governance.Records;

namespace Writ.Server.OAuth;

/// <summary>An access token as it is handed out (RFC 6749 section 5.1, RFC 8693 section 2.2.1).</summary>
internal sealed record TokenAnswer(string AccessToken, string TokenType, long ExpiresIn, string? Scope, string? IssuedTokenType)
{
    public IResult ToResult() => Results.Json(this, StrictJson.Options);
}
