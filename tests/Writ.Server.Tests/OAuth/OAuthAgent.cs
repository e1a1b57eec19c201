using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Governance.Credentials;
using Writ.Testing;

namespace Writ.Server.Tests.OAuth;

/// <summary>An agent with an OAuth client of its own, and everything that such a client signs.</summary>
internal sealed class OAuthAgent : IDisposable
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly RunningServer _writ;
    private readonly TimeProvider _time;

    private OAuthAgent(RunningServer writ, TimeProvider time, string id, string apiKey) => (_writ, _time, Id, ApiKey) = (writ, time, id, apiKey);

    public string Id { get; }

    public string ApiKey { get; }

    public string Client { get; private set; } = "";

    public ECDsa Key { get; private set; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa ProofKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The nonce that the server gave last.</summary>
    public string? Nonce { get; set; }

    private string Origin => _writ.Server.Address.GetLeftPart(UriPartial.Authority);

    public string Issuer => Origin + "/o/default";

    public static async Task<OAuthAgent> RegisterAsync(RunningServer writ, TimeProvider time, string name = "helper", bool withAuthority = true)
    {
        if (withAuthority)
            Assert.Equal(201, (await writ.SendAsync("POST", "/v1/trust-domains/authorities", writ.Person)).Status);
        var (id, apiKey) = await writ.AgentAsync(name);
        var agent = new OAuthAgent(writ, time, id, apiKey);
        var (status, body, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/credentials", writ.Person, agent.Registration(agent.Key).ToJsonString());
        Assert.True(status == 201, body?.ToJsonString());
        agent.Client = body!["credentials"]![0]!["id"]!.GetValue<string>();
        return agent;
    }

    public JsonObject Registration(ECDsa key, string? predecessor = null, ECDsa? old = null, ECDsa? possessor = null)
    {
        var body = new JsonObject { ["kind"] = "oauth-client", ["jwks"] = new JsonObject { ["keys"] = new JsonArray(TestJwt.Jwk(key)) }, ["possession"] = Signed(possessor ?? key, key) };
        if (predecessor is not null)
            body["predecessor"] = predecessor;
        if (old is not null)
            body["proof"] = Signed(old, key);
        return body;
    }

    public string Assertion(Action<JsonObject, JsonObject>? change = null, ECDsa? key = null)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "ES256" };
        var claims = new JsonObject { ["iss"] = Client, ["sub"] = Client, ["aud"] = Issuer, ["iat"] = now, ["exp"] = now + 60, ["jti"] = Guid.NewGuid().ToString() };
        change?.Invoke(header, claims);
        return TestJwt.Sign(key ?? Key, header, claims);
    }

    public string Proof(string method, string path, string? token = null, Action<JsonObject, JsonObject>? change = null, ECDsa? key = null) =>
        TestJwt.Proof(key ?? ProofKey, _time.GetUtcNow(), method, Origin + path, Nonce, token, change);

    /// <summary>Asks for a token, again with the nonce where that was what was missing.</summary>
    public async Task<(int Status, JsonObject Body)> AskAsync(string? assertion = null, string organization = "default", Action<Dictionary<string, string>>? form = null)
    {
        assertion ??= Assertion();
        var path = $"/o/{organization}/oauth/token";
        var fields = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_assertion_type"] = AssertionType, ["client_assertion"] = assertion };
        form?.Invoke(fields);
        var text = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        for (var tries = 0; ; tries++)
        {
            var (status, body, response) = await _writ.SendAsync("POST", path, null, text, "application/x-www-form-urlencoded", ("DPoP", Proof("POST", path)));
            Nonce = response.Headers.GetValues("DPoP-Nonce").Single();
            if (tries > 0 || body?["error"]?.GetValue<string>() != "use_dpop_nonce")
                return (status, body!);
        }
    }

    public async Task<string> TokenAsync(Action<Dictionary<string, string>>? form = null)
    {
        var (status, body) = await AskAsync(form: form);
        Assert.True(status == 200, body.ToJsonString());
        Assert.Equal(("DPoP", 600), (body["token_type"]!.GetValue<string>(), body["expires_in"]!.GetValue<int>()));
        return body["access_token"]!.GetValue<string>();
    }

    public async Task<(int Status, HttpResponseMessage Response)> CallAsync(
        string token, string method = "POST", string path = "/v1/tasks", string? proof = null, string scheme = "DPoP", string body = "{}", params (string Name, string Value)[] headers)
    {
        var (status, _, response) = await _writ.SendAsync(method, path, null, body, "application/json", [("Authorization", $"{scheme} {token}"), ("DPoP", proof ?? Proof(method, path, token)), .. headers]);
        Nonce = response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : Nonce;
        return (status, response);
    }

    public void Dispose()
    {
        Key.Dispose();
        ProofKey.Dispose();
    }

    private string Signed(ECDsa by, ECDsa key) => Convert.ToBase64String(
        by.SignData(CredentialRules.RotationText("default", Id, Thumbprint(key)), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    private static string Thumbprint(ECDsa key) => Writ.Crypto.Jose.JsonWebKey.FromEcdsa(key).Thumbprint.ToBase64Url();
}
