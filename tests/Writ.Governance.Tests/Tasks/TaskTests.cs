using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Tasks;

namespace Writ.Governance.Tests.Tasks;

public sealed class TaskTests
{
    [Fact]
    public async Task A_token_names_its_task_for_its_agent_and_credential_alone()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (task, token) = (await world.Tasks.OpenAsync(World.Organization, Opening(world)))!.Value;
        Assert.Equal(task.Id, world.Tasks.Find(token, world.Agent, Credential(world))!.Id);
        Assert.Null(world.Tasks.Find(token, AgentId.New(world.Time), Credential(world)));
        Assert.Null(world.Tasks.Find(token, world.Agent, "another"));
        Assert.Null(world.Tasks.Find(token[..^1] + (token[^1] == 'a' ? 'b' : 'a'), world.Agent, Credential(world)));
        Assert.Null(world.Tasks.Find("", world.Agent, Credential(world)));
        Assert.Null(world.Tasks.Find(world.Key, world.Agent, Credential(world)));
    }

    [Fact]
    public async Task A_token_works_for_a_day_after_its_last_use()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (_, token) = (await world.Tasks.OpenAsync(World.Organization, Opening(world)))!.Value;
        for (var day = 0; day < 3; day++)
        {
            world.Time.Advance(TaskBook.TokenLife - TimeSpan.FromSeconds(1));
            Assert.NotNull(world.Tasks.Find(token, world.Agent, Credential(world)));
        }

        world.Time.Advance(TaskBook.TokenLife);
        Assert.Null(world.Tasks.Find(token, world.Agent, Credential(world)));
    }

    [Fact]
    public async Task A_client_that_opens_none_works_in_one_implicit_task_per_idle_window()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var first = (await world.RequestAsync("look")).Facts.Task;
        world.Time.Advance(TaskBook.IdleWindow - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await world.RequestAsync("look")).Facts.Task.Id);
        world.Time.Advance(TaskBook.IdleWindow);
        Assert.NotEqual(first.Id, (await world.RequestAsync("look")).Facts.Task.Id);
        Assert.True(first.Implicit);
    }

    [Fact]
    public async Task Two_agents_of_one_enforcement_point_are_in_two_tasks()
    {
        using var world = await World.WithAsync("");
        var other = AgentId.New(world.Time);
        var one = await world.Tasks.EnterImplicitAsync(World.Organization, new TaskOpening { Agent = world.Agent, Credential = "point" });
        var two = await world.Tasks.EnterImplicitAsync(World.Organization, new TaskOpening { Agent = other, Credential = "point" });
        Assert.Equal((world.Agent, other), (one!.Agent, two!.Agent));
        Assert.Equal(one.Id, (await world.Tasks.EnterImplicitAsync(World.Organization, new TaskOpening { Agent = world.Agent, Credential = "point" }))!.Id);
    }

    [Fact]
    public async Task T76_a_child_inherits_what_was_attested_and_what_was_claimed_above_it()
    {
        using var world = await World.WithAsync("");
        var parent = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with
        {
            StartedBy = new Attested<PersonId>(PersonId.Parse("pat"), "person/pat"),
            User = new Attested<string>("u1", "person/pat"),
            Purpose = new Attested<string>("billing", "person/pat"),
            Workflow = new Attested<string>("w", "person/pat"),
            Claims = new Claims("claimed above", "somebody", null),
        }))!.Value.Task;
        var child = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with { Parent = parent, Claims = new Claims("other", null, null) }))!.Value.Task;
        Assert.Equal((parent.Id, parent.Id), (child.Parent, child.Root));
        Assert.Equal((parent.StartedBy, parent.User, parent.Purpose, parent.Workflow), (child.StartedBy, child.User, child.Purpose, child.Workflow));
        Assert.Equal(new Claims("other", "somebody", null), child.Claims);
    }

    [Fact]
    public async Task Tasks_stand_again_after_a_restart_but_for_those_whose_claims_lie_in_the_vault()
    {
        using var world = await World.WithAsync("");
        var (task, token) = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with { Purpose = new Attested<string>("p", "person/pat"), RequestWords = "please" }))!.Value;
        var (_, claiming) = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with { Claims = new Claims("x", null, null) }))!.Value;
        using var next = await world.RestartAsync();
        Assert.Equal(task, next.Tasks.Find(token, world.Agent, Credential(world)));
        Assert.Null(next.Tasks.Find(claiming, world.Agent, Credential(world)));
    }

    [Fact]
    public async Task The_words_of_a_request_are_committed_to_and_not_in_the_record()
    {
        using var world = await World.WithAsync("");
        await world.Tasks.OpenAsync(World.Organization, Opening(world) with { RequestWords = "MARKER", Interface = "MARKER", Claims = new Claims("MARKER", "MARKER", "MARKER") });
        var record = Assert.Single(world.DecisionLog.Of("task"));
        Assert.DoesNotContain("MARKER", record.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(64, record.GetProperty("commitment").GetString()!.Length);
    }

    [Fact]
    public async Task A_task_that_cannot_be_recorded_does_not_exist()
    {
        using var world = await World.WithAsync("");
        world.DecisionLog.IsFull = true;
        Assert.Null(await world.Tasks.OpenAsync(World.Organization, Opening(world)));
        Assert.Null(await world.Tasks.EnterImplicitAsync(World.Organization, Opening(world)));
    }

    [Fact]
    public void T78_one_organizations_tasks_push_out_none_of_anothers_and_their_number_is_bounded()
    {
        var time = new Testing.FakeTime();
        var book = new TaskBook(time);
        OpenTask Make(string organization, string token) => new(
            OrganizationId.Parse(organization),
            new TaskStanding { Id = TaskId.New(time), Root = default, Agent = default, Credential = "c", Implicit = false, Instance = default, OpenedAt = time.GetUtcNow() }, token, "");
        book.Add(Make("quiet", "quiet"));
        for (var i = 0; i <= TaskBook.Capacity; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            book.Add(Make("loud", $"t{i}"));
        }

        Assert.NotNull(book.FindByToken("quiet", default, "c"));
        Assert.Null(book.FindByToken("t0", default, "c"));
        Assert.NotNull(book.FindByToken($"t{TaskBook.Capacity}", default, "c"));
    }

    private static string Credential(World world) => world.State.AgentKeys.Values.First(k => k.Agent == world.Agent).KeyId;

    private static TaskOpening Opening(World world) => new() { Agent = world.Agent, Credential = Credential(world) };
}
