using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Identity.Spiffe;

namespace Writ.Server.Tests.Tls;

/// <summary>Agents that prove themselves by certificates, to a real Kestrel over real TLS.</summary>
public sealed class MutualTlsTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    [Fact]
    public async Task An_agent_gets_an_svid_for_its_registered_key_and_calls_with_it_until_the_key_is_revoked()
    {
        await using var server = await TlsServer.StartAsync();
        using var people = server.Client();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (agent, apiKey) = await AgentAsync(server, people);
        var person = server.Writ.Person;

        // An API key gets no SVID for a key that nobody registered, nor where no authority signs.
        Assert.Equal(403, (await TlsServer.SendAsync(people, "POST", "/v1/svids", Request(key), apiKey)).Status);
        var (status, list) = await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials", Registration(key), person);
        Assert.Equal(201, status);
        var credential = list!["credentials"]![0]!["id"]!.GetValue<string>();
        Assert.Equal("WRIT3051", (await TlsServer.SendAsync(people, "POST", "/v1/svids", Request(key), apiKey)).Body!["code"]!.GetValue<string>());
        Assert.Equal(201, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/authorities", null, person)).Status);

        (status, var answer) = await TlsServer.SendAsync(people, "POST", "/v1/svids", Request(key), apiKey);
        Assert.Equal((200, $"spiffe://writ.local/agent/{agent}"), (status, answer!["spiffe_id"]!.GetValue<string>()));
        Assert.Equal(credential, answer["credential"]!.GetValue<string>());

        // One connection: doors and API alike, without any header.
        using var client = server.Client(answer["svid"]!.GetValue<string>(), key);
        Assert.Equal(200, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize)).Status);
        Assert.Equal(201, (await TlsServer.SendAsync(client, "POST", "/v1/tasks", "{}")).Status);
        Assert.Equal(403, (await TlsServer.SendAsync(client, "GET", "/v1/agents")).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "GET", "/v1/agents", null, person)).Status); // T75
        Assert.Equal(200, (await TlsServer.SendAsync(client, "POST", "/v1/svids", Request(key))).Status);

        // A token for others to check, and for Writ itself: from who shows an SVID alone.
        Assert.Equal("WRIT3053", (await TlsServer.SendAsync(people, "POST", "/v1/svids/jwt", """{"audience":["spiffe://writ.local"]}""", apiKey)).Body!["code"]!.GetValue<string>());
        (status, var token) = await TlsServer.SendAsync(client, "POST", "/v1/svids/jwt", """{"audience":["spiffe://writ.local"]}""");
        Assert.Equal(200, status);
        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", "/mcp", Initialize, token!["svid"]!.GetValue<string>())).Status);

        // Whoever stole the certificate without its key cannot show it.
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.ThrowsAny<Exception>(() => server.Client(answer["svid"]!.GetValue<string>(), other));

        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials/{credential}/revoke", """{"reason":"lost"}""", person)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "POST", "/v1/tasks", "{}")).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(people, "POST", "/mcp", Initialize, token["svid"]!.GetValue<string>())).Status);
    }

    [Fact]
    public async Task A_token_that_is_bound_to_an_svid_works_on_a_connection_with_that_svid_alone()
    {
        await using var server = await TlsServer.StartAsync();
        using var people = server.Client();
        var person = server.Writ.Person;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (agent, apiKey) = await AgentAsync(server, people);
        var (other, otherApiKey) = await AgentAsync(server, people, "other");
        Assert.Equal(201, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/authorities", null, person)).Status);
        var (_, list) = await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials", Registration(key), person);
        var credential = list!["credentials"]![0]!["id"]!.GetValue<string>();
        await TlsServer.SendAsync(people, "POST", $"/v1/agents/{other}/credentials", Registration(otherKey), person);
        async Task<string> SvidAsync(ECDsa its, string by) => (await TlsServer.SendAsync(people, "POST", "/v1/svids", Request(its), by)).Body!["svid"]!.GetValue<string>();
        using var client = server.Client(await SvidAsync(key, apiKey), key);
        using var again = server.Client(await SvidAsync(key, apiKey), key);
        using var stranger = server.Client(await SvidAsync(otherKey, otherApiKey), otherKey);
        async Task<(int Status, JsonObject Body)> AskAsync(HttpClient by, string clientId)
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", clientId), new("resource", server.Writ.Server.Address.GetLeftPart(UriPartial.Authority) + "/mcp")]);
            using var answer = await by.PostAsync("/o/default/oauth/token", form, TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject());
        }

        Assert.Equal("invalid_client", (await AskAsync(stranger, credential)).Body["error"]!.GetValue<string>());
        Assert.Equal("invalid_request", (await AskAsync(people, credential)).Body["error"]!.GetValue<string>());
        var (status, body) = await AskAsync(client, credential);
        Assert.Equal((200, "Bearer"), (status, body["token_type"]!.GetValue<string>()));
        var token = body["access_token"]!.GetValue<string>();
        Assert.Equal(200, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize, token)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "POST", "/v1/tasks", "{}", token)).Status); // it is for /mcp, although the connection alone is for all
        Assert.Equal(401, (await TlsServer.SendAsync(people, "POST", "/mcp", Initialize, token)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(stranger, "POST", "/mcp", Initialize, token)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(again, "POST", "/mcp", Initialize, token)).Status); // another certificate for the same key
        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials/{credential}/revoke", """{"reason":"lost"}""", person)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize, token)).Status);
        Assert.Equal(401, (await AskAsync(client, credential)).Status);
    }

    [Fact]
    public async Task Another_domain_is_believed_by_its_own_roots_and_for_its_own_ids_alone()
    {
        await using var server = await TlsServer.StartAsync();
        using var people = server.Client();
        var person = server.Writ.Person;
        var (agent, _) = await AgentAsync(server, people);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = SvidAuthority.Create("partner.example", TimeProvider.System);
        Assert.True(SpiffeId.TryParse("spiffe://partner.example/helper", out var id, out _));
        var chain = theirs.Issue(id, new PublicKey(key)).ToPem();
        await RefusedAsync(server, chain, key);

        var bundle = $$$"""{"domain":"partner.example","bundle":{"keys":[{"use":"x509-svid","kty":"EC","x5c":["{{{Convert.ToBase64String(theirs.Root.Span)}}}"]}],"spiffe_sequence":1}}""";
        Assert.Equal(400, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains", bundle.Replace("partner.example", "writ.local", StringComparison.Ordinal), person)).Status);
        Assert.Equal(400, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains", bundle.Replace("partner.example", "a.writ.local", StringComparison.Ordinal), person)).Status);
        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains", bundle, person)).Status);
        await RefusedAsync(server, chain, key); // trusted, and nobody's
        Assert.Equal(201, (await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials", """{"kind":"spiffe-id","spiffe_id":"spiffe://partner.example/helper"}""", person)).Status);
        using var client = server.Client(chain, key);
        Assert.Equal(200, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize)).Status);

        // T44: it mints none of ours, although both are trusted.
        Assert.Equal(201, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/authorities", null, person)).Status);
        Assert.Equal(201, (await TlsServer.SendAsync(people, "POST", $"/v1/agents/{agent}/credentials", Registration(key), person)).Status);
        using var forger = SvidAuthority.Create("writ.local", TimeProvider.System);
        await RefusedAsync(server, forger.Issue(SpiffeId.ForAgent("writ.local", Guid.Parse(agent)), new PublicKey(key)).ToPem(), key);

        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/partner.example/remove", """{"reason":"over"}""", person)).Status);
        Assert.Equal(401, (await TlsServer.SendAsync(client, "POST", "/mcp", Initialize)).Status); // the same connection
        await RefusedAsync(server, chain, key);
    }

    [Fact]
    public async Task T59_a_certificate_that_a_stranger_shows_makes_the_server_call_nobody()
    {
        await using var server = await TlsServer.StartAsync();
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var root = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var issuer = new CertificateRequest("CN=issuer", root, HashAlgorithmName.SHA256) { CertificateExtensions = { new X509BasicConstraintsExtension(true, false, 0, true) } }
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [$"http://{elsewhere.LocalEndpoint}/issuer.cer"]));
        using var leaf = request.Create(issuer, now.AddHours(-1), now.AddHours(1), [1]);
        await RefusedAsync(server, leaf.ExportCertificatePem(), key);
        Assert.False(elsewhere.Pending());
    }

    [Fact]
    public async Task The_bundle_of_the_own_domain_is_for_anyone_and_vouches_for_what_it_signs()
    {
        await using var server = await TlsServer.StartAsync();
        using var people = server.Client();
        Assert.Equal(404, (await TlsServer.SendAsync(people, "GET", "/o/default/bundle")).Status);
        var (_, shown) = await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/authorities", null, server.Writ.Person);
        Assert.Equal(404, (await TlsServer.SendAsync(people, "GET", "/o/other/bundle")).Status);
        var (status, text) = await TlsServer.SendAsync(people, "GET", "/o/default/bundle");
        Assert.Equal(200, status);
        Assert.True(SpiffeBundle.TryRead(Encoding.UTF8.GetBytes(text!.ToJsonString()), out var bundle, out var obstacle), obstacle);
        Assert.Equal((1, 1, 1UL), (bundle.Roots.Length, bundle.TokenKeys.Count, bundle.Sequence));
        using var root = X509CertificateLoader.LoadCertificate(bundle.Roots[0].Span);
        Assert.Equal(shown!["authorities"]![0]!["thumbprint"]!.GetValue<string>(), X509Svid.ThumbprintOf(root));

        // Rotation: both stand, then the old one goes, and the sequence grows.
        await TlsServer.SendAsync(people, "POST", "/v1/trust-domains/authorities", null, server.Writ.Person);
        var old = X509Svid.ThumbprintOf(root);
        Assert.Equal(200, (await TlsServer.SendAsync(people, "POST", $"/v1/trust-domains/authorities/{old}/retire", """{"reason":"rotated"}""", server.Writ.Person)).Status);
        (_, text) = await TlsServer.SendAsync(people, "GET", "/o/default/bundle");
        Assert.True(SpiffeBundle.TryRead(Encoding.UTF8.GetBytes(text!.ToJsonString()), out bundle, out _));
        Assert.Equal((1, 3UL), (bundle.Roots.Length, bundle.Sequence));
        using var next = X509CertificateLoader.LoadCertificate(bundle.Roots[0].Span);
        Assert.NotEqual(old, X509Svid.ThumbprintOf(next));
    }

    [Fact]
    public async Task A_host_that_the_certificate_names_is_ours_and_another_is_not()
    {
        await using var server = await TlsServer.StartAsync();
        using var client = server.Client();
        Assert.Equal(200, (await TlsServer.SendAsync(client, "GET", "/healthz", host: "writ.example")).Status);
        Assert.Equal(421, (await TlsServer.SendAsync(client, "GET", "/healthz", host: "rebound.example")).Status);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_or_that_is_not_the_certificates_keeps_the_server_from_starting()
    {
        var folder = Directory.CreateTempSubdirectory("writ-tls-").FullName;
        try
        {
            var settings = TlsServer.SettingsIn(folder);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest("CN=writ", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(settings.CertificateFile!, certificate.ExportCertificatePem());
            File.WriteAllText(settings.KeyFile!, key.ExportPkcs8PrivateKeyPem());
            File.SetUnixFileMode(settings.KeyFile!, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            var refused = Assert.IsType<ServerStart.Refused>(await WritServer.StartAsync(RunningServer.OptionsIn(folder) with { Tls = settings }, TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.Equal("WRIT3050", refused.Code);
            File.SetUnixFileMode(settings.KeyFile!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllText(settings.KeyFile!, other.ExportPkcs8PrivateKeyPem());
            refused = Assert.IsType<ServerStart.Refused>(await WritServer.StartAsync(RunningServer.OptionsIn(folder) with { Tls = settings }, TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.Equal("WRIT3050", refused.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_authority_signs_on_after_a_restart_and_not_with_another_file()
    {
        var folder = Directory.CreateTempSubdirectory("writ-authority-").FullName;
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            string agent, apiKey;
            await using (var writ = await RunningServer.StartAsync(folder, null))
            {
                (agent, apiKey) = await writ.AgentAsync();
                Assert.Equal(201, (await writ.SendAsync("POST", $"/v1/agents/{agent}/credentials", writ.Person, Registration(key))).Status);
                Assert.Equal(201, (await writ.SendAsync("POST", "/v1/trust-domains/authorities", writ.Person)).Status);
            }

            var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "config"), "authority.*.key"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            await using (var writ = await RunningServer.StartAsync(folder, null))
                Assert.Equal(200, (await writ.SendAsync("POST", "/v1/svids", apiKey, Request(key))).Status);
            File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem() + "\n" + key.ExportPkcs8PrivateKeyPem());
            await using (var writ = await RunningServer.StartAsync(folder, null))
                Assert.Equal("WRIT3051", (await writ.SendAsync("POST", "/v1/svids", apiKey, Request(key))).Body!["code"]!.GetValue<string>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_is_issued_for_networks_and_in_the_place_of_another()
    {
        await using var writ = await RunningServer.StartAsync();
        var (agent, first) = await writ.AgentAsync();
        var path = $"/v1/agents/{agent}/keys";
        Assert.Equal(400, (await writ.SendAsync("POST", path, writ.Person, """{"sources":["10.0.0.0/33"]}""")).Status);
        var (status, body, _) = await writ.SendAsync("POST", path, writ.Person, """{"sources":["10.0.0.0/8"]}""");
        Assert.Equal(201, status);
        Assert.Equal(401, (await writ.SendAsync("POST", "/v1/tasks", body!["key"]!.GetValue<string>(), "{}")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", path, writ.Person, """{"predecessor":"unknown"}""")).Status);
        (status, body, _) = await writ.SendAsync("POST", path, writ.Person, $$"""{"predecessor":"{{first[4..36]}}","sources":["127.0.0.0/8"]}""");
        Assert.Equal(201, status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", body!["key"]!.GetValue<string>(), "{}")).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", first, "{}")).Status); // for seven days more
    }

    private static async Task<(string Agent, string Key)> AgentAsync(TlsServer server, HttpClient people, string name = "helper")
    {
        var (status, body) = await TlsServer.SendAsync(people, "POST", "/v1/agents", $$"""{"name":"{{name}}","environment":"staging","grants":["desk/*"]}""", server.Writ.Person);
        Assert.Equal(201, status);
        return (body!["agent"]!["id"]!.GetValue<string>(), body["key"]!.GetValue<string>());
    }

    private static async Task RefusedAsync(TlsServer server, string chain, ECDsa key)
    {
        using var client = server.Client(chain, key);
        await Assert.ThrowsAsync<HttpRequestException>(() => TlsServer.SendAsync(client, "GET", "/healthz"));
    }

    private static string Request(ECDsa key) => new JsonObject { ["request"] = Pem(key) }.ToJsonString();

    private static string Registration(ECDsa key) => new JsonObject { ["kind"] = "key-pair", ["request"] = Pem(key) }.ToJsonString(JsonSerializerOptions.Default);

    private static string Pem(ECDsa key) => new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
}
