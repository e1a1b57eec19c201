using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tasks;
using Writ.Governance.Users;
using Writ.Identity.OAuth;

namespace Writ.Governance.Tests.Users;

public sealed class UserFactsTests
{
    private const string ForClerks = "permit (principal, action in Writ::Action::\"tool/call\", resource) when { context has on_behalf_of && context.on_behalf_of.role == \"clerk\" };\n";

    [Fact]
    public async Task What_a_verified_token_says_of_the_user_permits_and_nobody_elses_word_does()
    {
        using var world = await World.WithAsync(ForClerks);
        Assert.IsType<Decision.Permitted>(await DecideAsync(world, User("u-1", "clerk")));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, User("u-1", "guest")));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, User("u-1", "")));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, null));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, null, claims: new Claims(null, "u-1", null)));

        // An enforcement point may say who its user is, and nothing of what the user is.
        var opened = await world.Tasks.OpenAsync(World.Organization, Opening(world) with { User = new Attested<string>("u-1", "enforcement-point/web") });
        Assert.IsType<Decision.Denied>(await DecideAsync(world, null, opened!.Value.Token));
    }

    [Fact]
    public async Task Each_user_has_a_task_of_their_own_and_a_task_of_one_is_none_of_another()
    {
        using var world = await World.WithAsync(ForClerks);
        async Task<TaskId> TaskOfAsync(AccessUser? user) => (await RequestAsync(world, user, null)).Request!.Facts.Task.Id;
        var (first, second, none) = (await TaskOfAsync(User("u-1", "clerk")), await TaskOfAsync(User("u-2", "clerk")), await TaskOfAsync(null));
        Assert.Equal(3, new[] { first, second, none }.Distinct().Count());
        Assert.Equal((first, second, none), (await TaskOfAsync(User("u-1", "clerk")), await TaskOfAsync(User("u-2", "clerk")), await TaskOfAsync(null)));

        var verified = VerifiedUser.Of(User("u-1", "clerk"));
        var (_, token) = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with { User = verified.Name, UserFacts = verified.Facts }))!.Value;
        var (_, plain) = (await world.Tasks.OpenAsync(World.Organization, Opening(world)))!.Value;
        var (_, named) = (await world.Tasks.OpenAsync(World.Organization, Opening(world) with { User = new Attested<string>("u-1", "enforcement-point/web") }))!.Value;
        Assert.Equal(ReasonCodes.TaskRefused, (await RequestAsync(world, User("u-2", "clerk"), token)).Refusal);
        Assert.Equal(ReasonCodes.TaskRefused, (await RequestAsync(world, User("u-1", "clerk"), plain)).Refusal);
        Assert.Equal(ReasonCodes.TaskRefused, (await RequestAsync(world, User("u-1", "clerk"), named)).Refusal);

        // What the user's token of now says counts; where a call has none, what that of the task said, while its issuer is believed.
        Assert.Equal("guest", (await RequestAsync(world, User("u-1", "guest"), token)).Request!.Facts.Task.UserFacts!.Role);
        Assert.Equal(ReasonCodes.TaskRefused, (await RequestAsync(world, null, token)).Refusal);
        Assert.Equal("guest", (await RequestAsync(world, User("u-1", "guest"), null)).Request!.Facts.Task.UserFacts!.Role);
    }

    [Fact]
    public async Task When_the_user_authenticated_is_the_tokens_to_say()
    {
        using var world = await World.WithAsync("""
            permit (principal, action in Writ::Action::"tool/call", resource);
            @discharge("approval") @by("user") @max_age("5m") forbid (principal, action in Writ::Action::"tool/call", resource);

            """);
        var now = world.Time.GetUtcNow();
        Assert.IsType<Decision.Permitted>(await DecideAsync(world, User("u-1", "") with { AuthenticatedAt = now.AddMinutes(-5) }));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, User("u-1", "") with { AuthenticatedAt = now.AddMinutes(-5).AddSeconds(-1) }));
        Assert.IsType<Decision.Denied>(await DecideAsync(world, User("u-1", "")));
    }

    [Fact]
    public async Task Two_people_register_an_issuer_and_one_removes_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("sam"), "Sam", [PersonCapability.Security]), new PersonAdded(PersonId.Parse("pat"), "Pat", [PersonCapability.Platform]));
        world.Time.Advance(TimeSpan.FromDays(40)); // nobody was empowered by the other lately
        var issuer = new UserIssuer { Name = "shop", Issuer = "https://login.shop.example", Audiences = ["web"] };
        var digest = UserIssuerChanges.DigestOf(issuer);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new UserIssuerProposed(issuer, digest)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new UserIssuerProposed(issuer, digest)));
        Assert.Empty(world.State.UserIssuers.ByName);
        Assert.IsNotType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new UserIssuerRegistered("shop", digest)));
        Assert.IsNotType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new UserIssuerRegistered("shop", UserIssuerChanges.DigestOf(issuer with { Audiences = ["other"] }))));
        Assert.Empty(world.State.UserIssuers.ByName);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new UserIssuerRegistered("shop", digest)));
        Assert.Equal(issuer.Audiences, world.State.UserIssuers.Of("https://login.shop.example")!.Issuer.Audiences);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new UserIssuerRemoved("shop", "over")));
        Assert.Null(world.State.UserIssuers.Of("https://login.shop.example"));
    }

    private static AccessUser User(string id, string role) => new("shop", id) { Role = role };

    private static TaskOpening Opening(World world) => new() { Agent = world.Agent, Credential = Caller(world).KeyId };

    private static Caller.AgentCaller Caller(World world) => (Caller.AgentCaller)world.Authenticator.Authenticate("Bearer " + world.Key)!;

    private static async Task<(ActionRequest? Request, ReasonCode? Refusal)> RequestAsync(World world, AccessUser? user, string? task, Claims? claims = null)
    {
        var caller = Caller(world);
        if (user is not null)
            caller = caller with { Token = new AccessToken { Issuer = "", Agent = "", Client = "", Audience = "", User = user } };
        return await world.Intake.MakeAsync(new ActionCall
        {
            Caller = caller, Agent = caller.Agent, Door = Door.Mcp, TaskToken = task, Server = World.Desk, Tool = "look", Arguments = World.Args("{}"), Claims = claims ?? Claims.None,
            Enforceable = ConstraintKinds.All,
        });
    }

    private static async Task<Decision> DecideAsync(World world, AccessUser? user, string? task = null, Claims? claims = null) =>
        await world.Governor.DecideAsync((await RequestAsync(world, user, task, claims)).Request!);
}
