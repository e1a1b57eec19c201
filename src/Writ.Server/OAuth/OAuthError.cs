namespace Writ.Server.OAuth;

/// <summary>A kind of refusal at the token endpoint: the word that OAuth has for it (RFC 6749 section 5.2), Writ's code, and the status.</summary>
internal sealed record OAuthError(string Word, string Code, int Status)
{
    /// <summary>Every refusal of a client looks like this one, whatever the cause.</summary>
    public static OAuthError InvalidClient { get; } = new("invalid_client", "WRIT3060", 401);

    public static OAuthError InvalidRequest { get; } = new("invalid_request", "WRIT3061", 400);

    public static OAuthError UseNonce { get; } = new("use_dpop_nonce", "WRIT3062", 400);

    public static OAuthError InvalidProof { get; } = new("invalid_dpop_proof", "WRIT3063", 400);

    public static OAuthError Unauthorized { get; } = new("unauthorized_client", "WRIT3064", 400);

    public static OAuthError InvalidScope { get; } = new("invalid_scope", "WRIT3065", 400);

    public static OAuthError InvalidTarget { get; } = new("invalid_target", "WRIT3066", 400);

    public static OAuthError UnsupportedGrant { get; } = new("unsupported_grant_type", "WRIT3067", 400);

    public static OAuthError InvalidGrant { get; } = new("invalid_grant", "WRIT3068", 400);

    public static OAuthError TooMany { get; } = new("slow_down", "WRIT4005", 429);

    public static OAuthError Unavailable { get; } = new("temporarily_unavailable", "WRIT3051", 503);
}
