using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Writ.Crypto.Jose;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Server.Login;

namespace Writ.Server.OpenId;

/// <summary>
/// The relying party of OpenID Connect Core 1.0 with the code flow, PKCE (RFC 7636), <c>state</c> bound to the browser, <c>nonce</c> and <c>iss</c>
/// (RFC 9207). A person is who the account of issuer and subject is linked to; no other claim is looked at.
/// </summary>
internal sealed class OpenIdLogins(RegistryHolder registry, ProviderConnections providers, Logins logins, TimeProvider time)
{
    private const string Cookie = "__Host-writ-openid";
    private const int MaxAnswer = 2_048;

    // The provider sends the browser here from its own site, so that a stricter cookie would not come along. It proves nothing by itself.
    private static readonly CookieOptions CookieOptions = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = OpenIdAttempts.Life, IsEssential = true };

    private readonly OpenIdAttempts _attempts = new(time);

    /// <summary>Where the browser goes to log in; null where there is no such provider or it cannot be reached.</summary>
    public async Task<string?> BeginAsync(HttpContext http, OrganizationId organization, string name)
    {
        if (providers.Find(organization, name) is not { } provider || await provider.MetadataAsync(http.RequestAborted) is not { } metadata)
            return null;
        var redirect = $"{http.Request.Scheme}://{http.Request.Host}/o/{organization}/login/{name}/callback";
        var attempt = new OpenIdAttempt(organization, provider, OpenIdAttempts.Random(), OpenIdAttempts.Random(), OpenIdAttempts.Random(), redirect);
        http.Response.Cookies.Append(Cookie, attempt.Browser, CookieOptions);
        return QueryHelpers.AddQueryString(metadata.Authorization.ToString(), new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = provider.Provider.ClientId, ["redirect_uri"] = redirect, ["scope"] = "openid", ["state"] = _attempts.Add(attempt),
            ["nonce"] = attempt.Nonce, ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier))), ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>What the browser brought back from the provider: null where it is logged in now, else the cause, in a word for the metrics.</summary>
    public async Task<string?> ReturnAsync(HttpContext http, OrganizationId organization, string name)
    {
        var query = http.Request.Query;
        var browser = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, CookieOptions);
        if (query["state"] is not [{ Length: > 0 and <= 128 } state] || !_attempts.TryTake(state, out var attempt))
            return "login-openid-state";
        if (attempt.Organization != organization || attempt.Provider.Provider.Name != name || !ReferenceEquals(providers.Find(organization, name), attempt.Provider))
            return "login-openid-state";
        // Whoever was made to follow a link of somebody else's login did not begin it.
        if (browser is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(browser), Encoding.ASCII.GetBytes(attempt.Browser)))
            return "login-openid-browser";
        if (await attempt.Provider.MetadataAsync(http.RequestAborted) is not { } metadata)
            return "login-openid-provider";
        if (query.TryGetValue("iss", out var issuer) ? issuer is not [{ } said] || said != attempt.Provider.Provider.Issuer : metadata.NamesItself)
            return "login-openid-issuer";
        if (query.ContainsKey("error") || query["code"] is not [{ Length: > 0 and <= MaxAnswer } code])
            return "login-openid-refused";
        if (await attempt.Provider.RedeemAsync(metadata, code, attempt.Redirect, attempt.Verifier, http.RequestAborted) is not { } answer || IdToken(answer) is not { } text)
            return "login-openid-code";
        return await TokenAsync(attempt.Provider, metadata, text, attempt.Nonce, http.RequestAborted) is { } token ? await LogInAsync(http, attempt, token) : "login-openid-token";
    }

    /// <summary>Ends the sessions that a provider says are over (OpenID Connect Back-Channel Logout 1.0); false where it is not the provider that says so.</summary>
    public async Task<bool> LogOutAsync(HttpContext http, OrganizationId organization, string name, string? text)
    {
        if (providers.Find(organization, name) is not { } provider || await provider.MetadataAsync(http.RequestAborted) is not { } metadata)
            return false;
        var rules = new JsonWebTokenRules
        {
            Types = ["logout+jwt"], MayOmitType = true, Issuer = provider.Provider.Issuer, Audience = provider.Provider.ClientId, Required = ["iat", "jti", "events"], MayOmitExpiry = true,
            MaxLifetime = TimeSpan.FromMinutes(10),
        };
        if (await provider.ValidateAsync(metadata, text, rules, http.RequestAborted) is not { } token || token.Claims.TryGetProperty("nonce", out _)
            || token.Claims.GetProperty("events") is not { ValueKind: JsonValueKind.Object } events || !events.TryGetProperty("http://schemas.openid.net/event/backchannel-logout", out _)
            || (token.Subject is null && token.Text("sid") is null))
            return false;
        var (subject, session) = (token.Subject is { } sub ? OpenIdSubject.Digest(provider.Provider.Issuer, sub) : null, token.Text("sid") is { } sid ? OpenIdSubject.Digest(provider.Provider.Issuer, sid) : null);
        var ended = registry.Current.Organizations[organization].Sessions.Values.Where(s => s.Provider == name && (subject is null || s.Subject == subject) && (session is null || s.ProviderSession == session));
        foreach (var one in ended)
            await logins.EndAsync(organization, one, $"OpenID provider {name} logged out");
        return true;
    }

    private static async Task<JsonWebToken?> TokenAsync(ProviderConnection provider, ProviderMetadata metadata, string text, string nonce, CancellationToken cancellation)
    {
        // OpenID Connect Core 1.0, section 3.1.3.7.
        var rules = new JsonWebTokenRules
        {
            Types = ["JWT"], MayOmitType = true, Issuer = provider.Provider.Issuer, Audience = provider.Provider.ClientId, Required = ["sub", "iat", "nonce"], MaxLifetime = TimeSpan.FromHours(24),
        };
        return await provider.ValidateAsync(metadata, text, rules, cancellation) is { Subject: { Length: > 0 and <= OpenIdSubject.MaxLength } } token
            && token.Text("nonce") == nonce && (token.Audiences.Count == 1 || token.Claims.TryGetProperty("azp", out _))
            && (!token.Claims.TryGetProperty("azp", out var party) || (party.ValueKind == JsonValueKind.String && party.ValueEquals(provider.Provider.ClientId)))
            ? token
            : null;
    }

    private async Task<string?> LogInAsync(HttpContext http, OpenIdAttempt attempt, JsonWebToken token)
    {
        var provider = attempt.Provider.Provider;
        var subject = OpenIdSubject.Digest(provider.Issuer, token.Subject!);
        if (!registry.Current.Organizations[attempt.Organization].PersonLinks.TryGetValue((provider.Name, subject), out var person))
            return "login-openid-unlinked";
        var session = token.Text("sid") is { } sid ? OpenIdSubject.Digest(provider.Issuer, sid) : null;
        return await logins.StartAsync(http, attempt.Organization, person, Presence.OpenId, issued => issued with { Provider = provider.Name, Subject = subject, ProviderSession = session }) is ControlOutcome.Done
            ? null
            : "login-openid-unrecorded";
    }

    private static string? IdToken(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
