using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Tests.Policies.Remote;

public sealed class DecisionPointTests
{
    private static readonly DecisionPoint Good = new() { Name = "pdp", Kind = DecisionPointKind.AuthZen, Url = "https://pdp.example/access/v1/evaluation" };

    [Fact]
    public void A_plain_one_has_no_problem_and_reads_back_as_it_was_written()
    {
        Assert.Null(Good.Problem);
        Assert.Null((Good with { Kind = DecisionPointKind.Opa, Url = "http://127.0.0.1:8181/v1/data/agents/allow", AllowedAddresses = ["127.0.0.1", "10.0.0.0/8"] }).Problem);
        var json = JsonSerializer.Serialize(Good with { SecretHeader = "X-Api-Key" }, StrictJson.Options);
        Assert.DoesNotContain("problem", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("X-Api-Key", JsonSerializer.Deserialize<DecisionPoint>(json, StrictJson.Options)!.SecretHeader);
    }

    [Theory]
    [InlineData("""{"name":"a--b"}""", "name")]
    [InlineData("""{"name":"A"}""", "name")]
    [InlineData("""{"url":"pdp.example"}""", "url")]
    [InlineData("""{"url":"ftp://pdp.example/x"}""", "url")]
    [InlineData("""{"url":"file:///etc/passwd"}""", "url")]
    [InlineData("""{"url":"https://user:secret@pdp.example/x"}""", "secret_header")]
    [InlineData("""{"url":"https://pdp.example/x?key=secret"}""", "query")]
    [InlineData("""{"url":"https://pdp.example/x#y"}""", "fragment")]
    [InlineData("""{"url":"https://pdp.example"}""", "evaluation")]
    [InlineData("""{"kind":"opa","url":"https://opa.example/v1/data/"}""", "v1/data")]
    [InlineData("""{"kind":"opa","url":"https://opa.example/v0/x"}""", "v1/data")]
    [InlineData("""{"actions":[]}""", "actions")]
    [InlineData("""{"actions":["effect/read","effect/read"]}""", "actions")]
    [InlineData("""{"allowed_addresses":["localhost"]}""", "allowed_addresses")]
    [InlineData("""{"secret_header":"Cookie"}""", "secret_header")]
    [InlineData("""{"secret_header":"X-"}""", "secret_header")]
    [InlineData("""{"secret_header":"X-A\r\nB"}""", "secret_header")]
    [InlineData("""{"subject_type":"a b"}""", "subject_type")]
    [InlineData("""{"timeout_ms":0}""", "timeout_ms")]
    [InlineData("""{"timeout_ms":5001}""", "timeout_ms")]
    [InlineData("""{"break_after":0}""", "break_after")]
    [InlineData("""{"break_seconds":601}""", "break_seconds")]
    [InlineData("""{"concurrency":0}""", "concurrency")]
    public void One_that_cannot_be_used_says_which_member_and_what_to_write(string change, string names)
    {
        var node = JsonSerializer.SerializeToNode(Good, StrictJson.Options)!;
        foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
            node[member] = value?.DeepClone();
        Assert.Contains(names, node.Deserialize<DecisionPoint>(StrictJson.Options)!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_alone_registers_and_removes_them()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new DecisionPointRegistered(Good)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new DecisionPointRegistered(Good)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new DecisionPointRemoved("pdp", "tired of it")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new DecisionPointRemoved("pdp", "moved")));
        Assert.Empty(world.State.DecisionPoints);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_replaced_and_there_are_only_so_many()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new DecisionPointRegistered(Good));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new DecisionPointRegistered(Good with { Actions = ["effect/read"] })));
        Assert.Equal([DecisionPoint.EveryAction], world.State.DecisionPoints["pdp"].Actions);
        for (var i = 1; i < PointChanges.MostPoints; i++)
            await world.TakeAsync(new DecisionPointRegistered(Good with { Name = $"pdp-{i}" }));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new DecisionPointRegistered(Good with { Name = "one-more" })));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new DecisionPointRemoved("one-more", "x")));
    }

    [Fact]
    public async Task Registering_tightens_at_once_even_when_the_disk_is_full_and_removing_does_not()
    {
        using var world = await World.WithAsync(World.PermitAll);
        world.ControlLog.IsFull = true;
        Assert.IsType<ControlOutcome.InForceUnrecorded>(await world.TakeAsAsync("sam", new DecisionPointRegistered(Good)));
        Assert.Single(world.State.DecisionPoints);
        Assert.IsType<ControlOutcome.NotRecorded>(await world.TakeAsAsync("sam", new DecisionPointRemoved("pdp", "x")));
        Assert.Single(world.State.DecisionPoints);
    }

    [Theory]
    [InlineData("effect/money", true)]
    [InlineData("effect/monney", false)]
    [InlineData("server/desk", true)]
    [InlineData("server/desks", false)]
    [InlineData("tool/desk/pay", true)]
    [InlineData("tool/desk/pays", false)]
    [InlineData("tool/call", true)]
    [InlineData("everything", false)]
    public async Task A_scope_that_stands_for_nothing_is_told(string action, bool known)
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.Equal(known ? null : action, world.State.UnknownAction(Good with { Actions = [action] }));
    }
}
