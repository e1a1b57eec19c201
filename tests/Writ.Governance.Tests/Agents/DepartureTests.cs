using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Agents;

public sealed class DepartureTests
{
    private static readonly PersonId Ada = PersonId.Parse("ada");
    private static readonly PersonId Sam = PersonId.Parse("sam");
    private static readonly PersonId Pat = PersonId.Parse("pat");
    private static readonly PersonId Opal = PersonId.Parse("opal");

    [Fact]
    public async Task When_an_owner_leaves_the_backup_owner_takes_over_and_agents_of_nobody_stop()
    {
        using var world = await WorldAsync(World.PermitAll);
        var (backed, key) = await world.AddAgentAsync("desk/look");
        var (draft, _) = await world.AddAgentAsync("desk/look");
        var (others, _) = await world.AddAgentAsync("desk/look");
        await world.TakeAsync(
            new AgentBackupOwnerChanged(backed, "x", Pat), new AgentLifecycleChanged(draft, AgentLifecycle.Draft, "x"),
            new AgentTransferProposed(others, Pat, "x"));
        await world.TakeAsAsync("pat", new AgentTransferAccepted(others));
        await world.TakeAsync(new AgentBackupOwnerChanged(others, "x", Ada));

        Assert.Single(Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "another job"))).Records);
        Assert.Equal((Pat, null, AgentLifecycle.Active), (world.State.Agents[backed].Owner, world.State.Agents[backed].BackupOwner, world.State.Agents[backed].Lifecycle));
        Assert.Equal(new Succession(Ada, world.Time.GetUtcNow()), world.State.Agents[backed].Succession);
        Assert.Equal((SuspensionCause.Orphaned, Sam, AgentLifecycle.Suspended), (Agent(world).Suspension!.Cause, Agent(world).Suspension!.By, Agent(world).Lifecycle));
        Assert.Equal((Pat, null, null), (world.State.Agents[others].Owner, world.State.Agents[others].BackupOwner, world.State.Agents[others].Succession));
        Assert.Equal(AgentLifecycle.Draft, world.State.Agents[draft].Lifecycle);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", key: key));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "again")));
        Assert.IsType<ControlOutcome.NotReady>(await world.TakeAsAsync("opal", new AgentLifecycleChanged(world.Agent, AgentLifecycle.Active, "go on")));

        using var next = await world.RestartAsync();
        Assert.Equal(SuspensionCause.Orphaned, next.State.Agents[world.Agent].Suspension!.Cause);
        Assert.Equal(Pat, next.State.Agents[backed].Owner);
        // Whoever took over has seen to it once somebody stands behind them again.
        await next.TakeAsAsync("pat", new AgentBackupOwnerChanged(backed, "x", Opal));
        Assert.Null(next.State.Agents[backed].Succession);
    }

    [Fact]
    public async Task T79_an_agent_of_nobody_stops_and_every_way_in_ends_although_the_ledger_takes_nothing()
    {
        using var world = await WorldAsync(World.PermitAll);
        var token = await TokenAsync(world, Ada);
        Assert.NotNull(world.Authenticator.Authenticate("Bearer " + token));
        world.ControlLog.IsFull = true;
        Assert.IsType<ControlOutcome.InForceUnrecorded>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone")));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + token));
    }

    [Fact]
    public async Task No_way_in_of_before_opens_anything_nor_when_the_person_returns()
    {
        using var world = await WorldAsync("");
        var token = await TokenAsync(world, Ada);
        var (invitation, session) = (world.Issuer.Issue(TokenKind.EnrolmentToken), world.Issuer.Issue(TokenKind.Session));
        await world.TakeAsync(
            new PasskeyInvited(Ada, invitation.KeyId, invitation.SecretHash, invitation.ExpiresAt),
            new SessionStarted(Ada, session.KeyId, session.SecretHash, session.ExpiresAt),
            new OpenIdProviderRegistered(new OpenIdProvider { Name = "corp", Issuer = "https://id.example", ClientId = "writ" }),
            new PersonLinked(Ada, "corp", OpenIdSubject.Digest("https://id.example", "a")),
            new TeamCreated(TeamId.Parse("desk-team"), "Desk"), new TeamJoined(TeamId.Parse("desk-team"), Ada));
        Assert.NotNull(world.Authenticator.AuthenticateSession(session.Token));
        await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone"));

        void NothingOpens()
        {
            Assert.Null(world.Authenticator.Authenticate("Bearer " + token));
            Assert.Null(world.Authenticator.Authenticate("Bearer " + invitation.Token));
            Assert.Null(world.Authenticator.AuthenticateSession(session.Token));
            Assert.Empty(world.State.PersonLinks);
            Assert.Empty(world.State.Invitations);
        }

        NothingOpens();
        Assert.Equal((0, 0, false), (world.State.People[Ada].Capabilities.Length, world.State.People[Ada].Teams.Count, world.State.People[Ada].IsHere));
        foreach (var action in new ControlAction[]
        {
            new TeamJoined(TeamId.Parse("desk-team"), Ada), new PersonLinked(Ada, "corp", OpenIdSubject.Digest("https://id.example", "b")),
            new PasskeyInvited(Ada, "018bcfe5-6800-7000-8000-000000000001", new string('0', 64), world.Time.GetUtcNow().AddDays(1)),
            new PersonTokenIssued(Ada, "018bcfe5-6800-7000-8000-000000000002", new string('0', 64), Presence.StoredToken),
            new PersonAdded(Ada, "Ada", [PersonCapability.Security]), new AgentBackupOwnerChanged(world.Agent, "x", Ada), new AgentTransferProposed(world.Agent, Ada, "x"),
        })
            Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", action));

        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("opal", new PersonReturned(Ada, [PersonCapability.App], "back")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonReturned(Ada, [PersonCapability.App], "back")));
        NothingOpens();
        Assert.Equal((PersonCapability.App, 0, true), (Assert.Single(world.State.People[Ada].Capabilities), world.State.People[Ada].Teams.Count, world.State.People[Ada].IsHere));
        Assert.Equal("too_close", SecondPerson.Obstacle(world.State, Sam, Ada, world.Time.GetUtcNow())!.Name);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonReturned(Ada, [], "twice")));
    }

    [Fact]
    public async Task The_last_who_could_come_in_with_an_indispensable_capability_cannot_leave()
    {
        using var world = await World.WithAsync("");
        await TokenAsync(world, Ada);
        // Sam has the capability and no way in: an organization that rests on sam alone is locked.
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone")));
        await TokenAsync(world, Sam);
        Assert.Contains("platform", Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone"))).Cause, StringComparison.Ordinal);
        await world.TakeAsync(new PersonAdded(Opal, "Opal", [PersonCapability.Platform]));
        await TokenAsync(world, Opal, new TokenScope([PersonCapability.Platform], ReadOnly: true));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone")));
        await TokenAsync(world, Opal);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(Ada, "gone")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("opal", new PersonLeft(Sam, "gone")));
    }

    [Fact]
    public async Task Who_left_acts_on_nothing_and_app_and_compliance_send_nobody_away()
    {
        using var world = await WorldAsync("");
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new PersonLeft(Sam, "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("opal", new PersonLeft(Pat, "x")));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentVisibilityChanged(world.Agent, AgentVisibility.Team, "x")));
    }

    [Fact]
    public async Task Offers_consents_and_proposals_end_with_who_left()
    {
        using var world = await WorldAsync("");
        var (organization, mine) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await world.TakeAsAsync("ada", new AgentTransferProposed(world.Agent, Pat, "x"), new AgentConsentOffered(world.Agent, mine, InvokeParty.Parse("person/pat"), world.Time.GetUtcNow().AddDays(1), "x"));
        await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, mine));
        await world.TakeAsAsync("ada", new AgentConsentOffered(world.Agent, organization, InvokeParty.Parse("organization"), world.Time.GetUtcNow().AddDays(1), "x"));
        Assert.True(AgentRights.MayInvoke(world.State.People[Pat], Agent(world), world.Time.GetUtcNow()));
        await world.TakeAsAsync("sam", new PersonLeft(Pat, "gone"));
        Assert.Null(Agent(world).Offer);
        Assert.Equal(organization, Assert.Single(Agent(world).Consents).Key);
        Assert.False(AgentRights.MayInvoke(world.State.People[Pat], Agent(world), world.Time.GetUtcNow()));
        Assert.False(AgentRights.MayDiscover(world.State.People[Pat], Agent(world), world.Time.GetUtcNow()));
        await world.TakeAsAsync("opal", new PersonLeft(Ada, "gone"));
        Assert.Empty(Agent(world).Consents);

        Assert.Equal("proposer_left", SecondPerson.Obstacle(world.State, Ada, Sam, world.Time.GetUtcNow())!.Name);
        Assert.Null(SecondPerson.Closeness(world.State, Ada, Sam, world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task An_approval_that_waits_does_not_count_who_left()
    {
        using var world = await WorldAsync("""permit (principal, action, resource); @id("two") @discharge("approval") @approvers("capability/security") @quorum("2") forbid (principal, action == Writ::Action::"tool/desk/pay", resource);""");
        await world.TakeAsync(new PersonAdded(PersonId.Parse("kim"), "Kim", [PersonCapability.Security]));
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.Null(await world.AnswerAsync("sam", held.Approval));
        await TokenAsync(world, PersonId.Parse("kim"));
        await world.TakeAsAsync("opal", new PersonLeft(Sam, "gone"));
        Assert.Null(await world.AnswerAsync("kim", held.Approval));
        Assert.Equal(ApprovalState.Pending, world.Board.Find(World.Organization, held.Approval)!.State);
        Assert.Null(await world.AnswerAsync("ada", held.Approval));
        Assert.Equal(ApprovalState.Approved, world.Board.Find(World.Organization, held.Approval)!.State);
    }

    /// <summary>Everybody who is needed has a token, and opal has platform too.</summary>
    private static async Task<World> WorldAsync(string policy)
    {
        var world = await World.WithAsync(policy);
        await world.TakeAsync(new PersonAdded(Opal, "Opal", [PersonCapability.Platform]));
        foreach (var person in new[] { Sam, Opal })
            await TokenAsync(world, person);
        return world;
    }

    private static async Task<string> TokenAsync(World world, PersonId person, TokenScope? scope = null)
    {
        var token = world.Issuer.Issue(TokenKind.PersonToken);
        await world.TakeAsync(new PersonTokenIssued(person, token.KeyId, token.SecretHash, Presence.StoredToken) { ExpiresAt = token.ExpiresAt, Scope = scope });
        return token.Token;
    }

    private static Agent Agent(World world) => world.State.Agents[world.Agent];
}
