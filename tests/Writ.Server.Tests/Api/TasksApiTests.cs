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
}
