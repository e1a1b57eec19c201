using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Approvals;

public sealed class ApprovalTests
{
    private const string Pay = """{"amount":5}""";

    private static string Policy(string annotations, string condition = "") => World.PermitAll + $$"""

        @id("ask") @discharge("approval") {{annotations}}
        forbid (principal, action == Writ::Action::"tool/desk/pay", resource){{condition}};
        """;

    private static readonly string OneOfApp = Policy("""@approvers("capability/app") @timeout("1h")""");

    [Fact]
    public async Task T16_an_approval_lets_exactly_the_held_call_through_once()
    {
        using var world = await World.WithAsync(OneOfApp);
        var held = await HeldAsync(world);
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":6}"""));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5.0}"""));
        var again = Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
        Assert.NotEqual(held.Approval, again.Approval);
        Assert.Equal(ApprovalConflict.Consumed, await world.AnswerAsync("pat", held.Approval));
    }

    [Fact]
    public async Task T17_an_approval_does_not_outlive_the_policy_it_was_given_under()
    {
        using var world = await World.WithAsync(OneOfApp);
        Assert.Null(await world.AnswerAsync("pat", (await HeldAsync(world)).Approval));
        await world.PublishAsync(OneOfApp + "// one comment more");
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
    }

    [Fact]
    public async Task An_approval_lifts_only_the_forbids_it_was_asked_for()
    {
        using var world = await World.WithAsync(OneOfApp + """

            @id("night") @discharge("approval") @approvers("capability/security")
            forbid (principal, action == Writ::Action::"tool/desk/pay", resource) when { context.claimed has purpose };
            """);
        var held = await HeldAsync(world);
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        var second = Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, new Claims("x", null, null)));
        Assert.NotEqual(held.Approval, second.Approval);
        Assert.Null(await world.AnswerAsync("pat", second.Approval));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, new Claims("x", null, null)));
        Assert.Null(await world.AnswerAsync("sam", second.Approval));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay, new Claims("x", null, null)));
    }

    [Fact]
    public async Task T33_every_part_of_a_binding_counts_and_no_two_lists_of_parts_read_the_same()
    {
        using var world = await World.WithAsync(OneOfApp);
        var request = await world.RequestAsync("pay", Pay);
        var binding = new ApprovalBinding(new byte[32]);
        var snapshot = Hash256.Of([1]);
        ApprovalAsk Ask(string policy) => new(policy, [], 1, TimeSpan.FromHours(1), null);
        Hash256 Of(ActionRequest r, Arguments? arguments = null, Hash256? s = null, params string[] asks) =>
            binding.Of(r, arguments ?? r.Arguments, s ?? snapshot, [.. asks.Select(Ask)]);
        ActionRequest With(Func<Facts, Facts> change) => request with { Facts = change(request.Facts) };
        ActionRequest AgentWith(Func<Agent, Agent> change) => With(f => f with { Agent = change(f.Agent) });
        var tool = request.Tool!;
        var otherDefinition = tool.Definition! with { Digest = Hash256.Of([2]) };
        var servers = request.Organization.ServersBySlug;
        Hash256[] all =
        [
            Of(request),
            Of(With(f => f with { Organization = Governance.Organizations.OrganizationId.Parse("other") })),
            Of(AgentWith(a => a with { Id = AgentId.New(world.Time) })),
            Of(AgentWith(a => a with { Version = "2" })),
            Of(With(f => f with { Credential = f.Credential + "x" })),
            Of(With(f => f with { Task = f.Task with { Id = TaskId.New(world.Time) } })),
            Of(request with { Tool = new Tool(tool.Server, "pay2", tool.Definition, tool.Classification, tool.Input, tool.Standing) }),
            Of(request with { Tool = tool with { Definition = otherDefinition } }),
            Of(request, World.Args("""{"amount":6}""")),
            Of(request, null, Hash256.Of([3])),
            Of(request, null, null, "a"),
            Of(request, null, null, "a", "b"),
            Of(request, null, null, "ab"),
            Of(AgentWith(a => a with { Version = "1" + request.Facts.Credential[..1] }) is var r ? r with { Facts = r.Facts with { Credential = request.Facts.Credential[1..] } } : r),
            Of(request with { Organization = request.Organization with { ServersBySlug = servers.SetItem("desk", servers["desk"] with { Connection = new ServerConnection.Http { Url = "https://elsewhere.example" } }) } }),
            new ApprovalBinding(Enumerable.Repeat((byte)1, 32).ToArray()).Of(request, request.Arguments, snapshot, []),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(Of(request, null, null, "a", "b"), Of(request, null, null, "b", "a"));
    }

    [Fact]
    public async Task Neither_a_request_nor_an_approval_outlives_its_deadline()
    {
        using var world = await World.WithAsync(OneOfApp);
        var held = await HeldAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(held.Approval, (await HeldAsync(world)).Approval);
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        world.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.IsType<Decision.Held>(await CallOnceAsync(world, TimeSpan.FromMinutes(2)));
        var late = await HeldAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(ApprovalConflict.Expired, await world.AnswerAsync("pat", late.Approval));
    }

    [Fact]
    public async Task T19_of_a_thousand_that_use_one_approval_at_once_one_does()
    {
        using var world = await World.WithAsync(OneOfApp);
        Assert.Null(await world.AnswerAsync("pat", (await HeldAsync(world)).Approval));
        var request = await world.RequestAsync("pay", Pay);
        var decisions = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () =>
            await world.Governor.DecideAsync(request with { Id = DecisionId.New(world.Time) }))));
        Assert.Single(decisions, d => d is Decision.Permitted);
        Assert.Single(world.DecisionLog.Of("decision"), r => r.GetProperty("outcome").ValueEquals("ALLOW"));
    }

    [Fact]
    public async Task A_quorum_is_of_different_people()
    {
        using var world = await World.WithAsync(Policy("""@approvers("capability/app, person/sam") @quorum("2")"""));
        var held = await HeldAsync(world);
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        Assert.Equal(ApprovalConflict.AlreadyDecided, await world.AnswerAsync("pat", held.Approval));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
        Assert.Null(await world.AnswerAsync("sam", held.Approval));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay));
    }

    [Fact]
    public async Task T18_who_asked_for_the_work_does_not_approve_it_and_others_who_are_not_named_neither()
    {
        using var world = await World.WithAsync(OneOfApp);
        await world.TakeAsync(new AgentBackupOwnerChanged(world.Agent, "x", PersonId.Parse("pat")));
        var key = world.State.AgentKeys.Values.Single().KeyId;
        var opened = await world.Tasks.OpenAsync(World.Organization, new TaskOpening
        {
            Agent = world.Agent, Credential = key, StartedBy = new Attested<PersonId>(PersonId.Parse("pat"), "person/pat"),
        });
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, taskToken: opened!.Value.Token));
        Assert.Equal(ApprovalConflict.SelfApproval, await world.AnswerAsync("pat", held.Approval));
        Assert.Equal(ApprovalConflict.NotAnApprover, await world.AnswerAsync("sam", held.Approval));
        Assert.Null(await world.AnswerAsync("ada", held.Approval));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay, taskToken: opened.Value.Token));
    }

    [Fact]
    public async Task A_rejected_call_stays_rejected_until_the_deadline()
    {
        using var world = await World.WithAsync(OneOfApp);
        var held = await HeldAsync(world);
        Assert.Null(await world.AnswerAsync("pat", held.Approval, approve: false));
        Assert.Equal(ApprovalConflict.AlreadyDecided, await world.AnswerAsync("ada", held.Approval));
        Assert.Equal("WRIT4002", Assert.IsType<Decision.Denied>(await world.CallAsync("pay", Pay)).Refusal.Reason.Code);
        world.Time.Advance(TimeSpan.FromMinutes(20));
        await world.CallAsync("look");
        world.Time.Advance(TimeSpan.FromMinutes(20));
        await world.CallAsync("look");
        using (var next = await world.RestartAsync())
            Assert.Equal("WRIT4002", Assert.IsType<Decision.Denied>(await next.CallAsync("pay", Pay)).Refusal.Reason.Code);
        world.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
    }

    [Fact]
    public async Task T82_the_requests_of_one_agent_are_bounded_and_no_others_are_in_their_way()
    {
        using var world = await World.WithAsync(OneOfApp);
        for (var i = 0; i < ApprovalBoard.MaxPendingPerAgent; i++)
            Assert.IsType<Decision.Held>(await world.CallAsync("pay", $$"""{"amount":{{i}}}"""));
        Assert.Equal("WRIT4004", Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1000}""")).Refusal.Reason.Code);
        var (_, key) = await world.AddAgentAsync("desk/*");
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, key: key));
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":1000}"""));
        Assert.Single(world.Board.Pending(World.Organization));
    }

    [Fact]
    public async Task T20_the_log_makes_the_same_board_again()
    {
        using var world = await World.WithAsync(Policy("""@approvers("capability/app, person/sam") @quorum("2") @timeout("1h")"""));
        var approvals = new List<ApprovalId>();
        for (var i = 0; i < 6; i++)
            approvals.Add(Assert.IsType<Decision.Held>(await world.CallAsync("pay", $$"""{"amount":{{i}}}""")).Approval);
        foreach (var (person, index, approve) in new[] { ("pat", 1, true), ("pat", 2, true), ("sam", 2, true), ("ada", 3, false), ("pat", 4, true), ("ada", 4, true), ("sam", 5, true) })
            Assert.Null(await world.AnswerAsync(person, approvals[index], approve));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":4}"""));
        using var next = await world.RestartAsync();
        foreach (var id in approvals)
            Assert.Equal(Picture(world, id), Picture(next, id));
        Assert.Equal(world.Board.Pending(World.Organization).Select(r => r.Id), next.Board.Pending(World.Organization).Select(r => r.Id));
        Assert.IsType<Decision.Permitted>(await next.CallAsync("pay", """{"amount":2}"""));
        Assert.IsType<Decision.Held>(await next.CallAsync("pay", """{"amount":4}"""));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_recorded_does_not_count()
    {
        using var world = await World.WithAsync(OneOfApp);
        var held = await HeldAsync(world);
        world.DecisionLog.IsFull = true;
        Assert.Equal(ApprovalConflict.NotRecorded, await world.AnswerAsync("pat", held.Approval));
        world.DecisionLog.IsFull = false;
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
    }

    [Fact]
    public async Task Another_organization_sees_no_request()
    {
        using var world = await World.WithAsync(OneOfApp);
        var held = await HeldAsync(world);
        var other = Governance.Organizations.OrganizationId.Parse("other");
        Assert.Null(world.Board.Find(other, held.Approval));
        Assert.Empty(world.Board.Pending(other));
        Assert.Equal(ApprovalConflict.NotFound, world.Board.Obstacle(other, held.Approval, world.State.People[PersonId.Parse("pat")]));
    }

    [Theory]
    [InlineData("person/pat", true)]
    [InlineData("capability/app", true)]
    [InlineData("capability/App", false)]
    [InlineData("capability/everyone", false)]
    [InlineData("person/", false)]
    [InlineData("team/desk", true)]
    [InlineData("pat", true)]
    [InlineData("Pat", false)]
    [InlineData("team/", false)]
    [InlineData("role/app", false)]
    public void An_approver_is_written_one_way(string text, bool valid) => Assert.Equal(valid, ApproverRule.Parse(text) is { } rule && rule.ToString() == text);

    private static async Task<Decision> CallOnceAsync(World world, TimeSpan later)
    {
        world.Time.Advance(later);
        return await world.CallAsync("pay", Pay);
    }

    private static async Task<Decision.Held> HeldAsync(World world) => Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay));

    private static string Picture(World world, ApprovalId id)
    {
        var request = world.Board.Find(World.Organization, id)!;
        return $"{request.State} {request.Binding} {request.ExpiresAt:O} {request.Requester} {request.Decision} {string.Join(",", request.ApprovedBy)} {string.Join(";", request.Asks.Select(a => $"{a.Policy} {string.Join(",", a.Approvers)} {a.Quorum} {a.Within}"))}";
    }
}
