using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Writ.Governance.Credentials;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class TasksApiTests
{
    [Fact]
    public async Task T47_a_task_is_opened_for_an_agent_with_a_key_in_force_and_no_other()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        var (id, key) = await writ.AgentAsync();
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", writ.Person, $$"""{"agent":"{{id}}"}""")).Status);
        time.Advance(CredentialIssuer.KeyLife);
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", writ.Person, $$"""{"agent":"{{id}}"}""")).Status);
        Assert.Equal(401, (await writ.SendAsync("POST", "/v1/tasks", key, "{}")).Status);
    }

    [Fact]
    public async Task A_task_is_for_the_credential_that_is_named_and_an_agent_without_an_api_key_has_tasks_too()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, key) = await writ.AgentAsync();
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new JsonObject { ["kind"] = "key-pair", ["request"] = new CertificateRequest("CN=x", pair, HashAlgorithmName.SHA256).CreateSigningRequestPem() };
        var (_, list, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/credentials", writ.Person, request.ToJsonString());
        var registered = list!["credentials"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(404, await OpenAsync("unknown"));
        Assert.Equal(201, await OpenAsync(registered));
        Assert.Equal(204, (await writ.SendAsync("DELETE", $"/v1/agents/{id}/keys/{key[4..36]}", writ.Person)).Status);
        Assert.Equal(404, await OpenAsync(key[4..36]));
        Assert.Equal(201, await OpenAsync(null));
        await writ.SendAsync("POST", $"/v1/agents/{id}/credentials/{registered}/revoke", writ.Person, """{"reason":"lost"}""");
        Assert.Equal(404, await OpenAsync(null));

        async Task<int> OpenAsync(string? credential) =>
            (await writ.SendAsync("POST", "/v1/tasks", writ.Person, new JsonObject { ["agent"] = id, ["credential"] = credential }.ToJsonString())).Status;
    }
}
