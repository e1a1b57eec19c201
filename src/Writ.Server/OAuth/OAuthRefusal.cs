using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Writ.Governance.Records;

namespace Writ.Server.OAuth;

/// <summary>A refusal as the token endpoint answers it (RFC 6749 section 5.2).</summary>
internal sealed record OAuthRefusal(string Error, string ErrorDescription, string ErrorUri)
{
    [JsonIgnore]
    public int Status { get; private init; }

    public static OAuthRefusal Of(OAuthError error, string description) => new(error.Word, description, $"https://writ.dev/errors/{error.Code}") { Status = error.Status };

    public IResult ToResult() => Results.Json(this, StrictJson.Options, statusCode: Status);
}
