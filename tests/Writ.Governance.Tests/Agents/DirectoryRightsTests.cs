using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Agents;

/// <summary>What a directory may do, asked of the control service itself: no route stands between.</summary>
public sealed class DirectoryRightsTests
{
    private static readonly PersonId Kim = PersonId.Parse("u-kim");
    private static readonly PersonId Pat = PersonId.Parse("pat");
    private static readonly TeamId Team = TeamId.Parse("payments");

    [Fact]
    public async Task What_is_not_for_a_directory_is_refused_whatever_asks_in_its_name()
    {
        using var world = await World.WithAsync("");
        var (key, users) = await LetInAsync(world);
        await world.TakeAsync(new TeamCreated(Team, "Payments"));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonAdded(Kim, "u-kim", []), Describe(world, users, Kim)));
        foreach (var action in new ControlAction[]
        {
            new PersonAdded(PersonId.Parse("eve"), "Eve", [PersonCapability.Security]), new PersonAdded(Pat, "Pat", []),
            new PersonTokenIssued(Kim, "018bcfe5-6800-7000-8000-000000000002", new string('0', 64), Presence.StoredToken),
            new PasskeyInvited(Kim, "018bcfe5-6800-7000-8000-000000000003", new string('0', 64), world.Time.GetUtcNow().AddDays(1)),
            new TeamCreated(TeamId.Parse("new"), "New"), new TeamJoined(Team, Kim), new PersonLeft(Pat, "x"), Describe(world, users, Pat), new DirectoryUserForgotten(Pat),
            new PersonReturned(Kim, [PersonCapability.App], "x"), new PersonLinked(Kim, "other", OpenIdSubject.Digest("https://other.example", "k")),
            new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, "x"), new DirectoryClientRevoked(key, "x"), new TeamDirectoryBound(Team, Guid.NewGuid()),
        })
            Assert.True(await AsAsync(world, key, action) is ControlOutcome.NotAllowed, action.ToString());
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, "018bcfe5-6800-7000-8000-00000000000f", new PersonLeft(Kim, "x")));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonLeft(Kim, "x")));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonReturned(Kim, [], "x")));
        await world.TakeAsAsync("sam", new DirectoryClientRevoked(key, "x"));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, key, new PersonLeft(Kim, "x")));
    }

    [Fact]
    public async Task A_directory_links_nobody_who_can_do_something()
    {
        using var world = await World.WithAsync("");
        var (key, users) = await LetInAsync(world);
        PersonLinked Link(PersonId person, string subject) => new(person, "corp", OpenIdSubject.Digest("https://id.example", subject));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonAdded(Kim, "u-kim", []), Describe(world, users, Kim), Link(Kim, "k")));
        Assert.IsType<ControlOutcome.Invalid>(await AsAsync(world, key, new PersonAdded(PersonId.Parse("u-lee"), "u-lee", []), Describe(world, users, PersonId.Parse("u-lee")), Link(PersonId.Parse("u-lee"), "k")));
        // Handed to the directory, which may send pat away and nothing else.
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Describe(world, users, Pat)));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, key, Link(Pat, "p")));
        await world.TakeAsync(new TeamCreated(Team, "Payments"), new TeamJoined(Team, Kim));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, key, Link(Kim, "another")));
        await world.TakeAsync(new TeamLeft(Team, Kim), new AgentBackupOwnerChanged(world.Agent, "x", Kim));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, key, Link(Kim, "another")));
        await world.TakeAsync(new AgentBackupOwnerChanged(world.Agent, "x"));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, Link(Kim, "another")));
    }

    [Fact]
    public async Task A_replay_knows_directories_users_groups_and_who_keeps_which_team()
    {
        using var world = await World.WithAsync("");
        var (key, users) = await LetInAsync(world);
        await world.TakeAsync(new TeamCreated(Team, "Payments"));
        var group = Guid.CreateVersion7();
        await AsAsync(world, key, new PersonAdded(Kim, "u-kim", []), Describe(world, users, Kim), new DirectoryGroupDescribed(group, "Payments"), new DirectoryGroupChanged(group, [Kim], []));
        await world.TakeAsAsync("ada", new TeamDirectoryProposed(Team, group));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new TeamDirectoryBound(Team, group)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new TeamDirectoryBound(Team, group)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new TeamDirectoryBound(Team, group)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new TeamJoined(Team, Pat)));
        Assert.Contains(Team, world.State.People[Kim].Teams);
        using var next = await world.RestartAsync();
        Assert.Equal(world.State.DirectoryClients[key], next.State.DirectoryClients[key]);
        Assert.Equal((Team, 1), (next.State.DirectoryGroups[group].Team, next.State.DirectoryGroups[group].Members.Count));
        Assert.Contains(Team, next.State.People[Kim].Teams);
        Assert.Equal("u-kim@corp", new DirectoryUsers(next.Sealer).Find(next.State, next.State.People[Kim])!.UserName);
    }

    private static async Task<(string Key, DirectoryUsers Users)> LetInAsync(World world)
    {
        var token = world.Issuer.Issue(TokenKind.DirectoryToken, TimeSpan.FromDays(180));
        await world.TakeAsync(new OpenIdProviderRegistered(new OpenIdProvider { Name = "corp", Issuer = "https://id.example", ClientId = "writ" }));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new DirectoryClientRegistered(token.KeyId, "corp", token.SecretHash, token.ExpiresAt) { Provider = "corp", Subject = SubjectSource.ExternalId }));
        return (token.KeyId, new DirectoryUsers(world.Sealer));
    }

    private static DirectoryUserDescribed Describe(World world, DirectoryUsers users, PersonId person) =>
        users.Seal(World.Organization, person, new DirectoryUser { UserName = $"{person}@corp" }, world.Time.GetUtcNow(), out _)!;

    private static Task<ControlOutcome> AsAsync(World world, string key, params ControlAction[] actions) => world.Controls.TakeAsync(
        World.Organization, null, PersonPresence.Of(Presence.Directory) with { Directory = key }, _ => ControlPlan.Take(actions), CancellationToken.None);
}
