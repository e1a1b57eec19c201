using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Directories;

/// <summary>What is one directory's, what another's, and what people's, asked of the control service itself.</summary>
public sealed class DirectoryOwnershipTests
{
    private static readonly PersonId Kim = PersonId.Parse("u-kim");
    private static readonly PersonId Lee = PersonId.Parse("u-lee");
    private static readonly PersonId Pat = PersonId.Parse("pat");

    [Fact]
    public async Task A_directory_changes_nobody_and_nothing_of_another_and_its_next_token_goes_on()
    {
        using var world = await WorldAsync();
        var (one, other) = (await LetInAsync(world, "one"), await LetInAsync(world, "other"));
        var (group, theirs) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.IsType<ControlOutcome.Done>(await AsAsync(
            world, one, new PersonAdded(Kim, "u-kim", []), Describe(world, Kim), new DirectoryGroupDescribed(group, "Payments"), new DirectoryGroupChanged(group, [Kim], [])));
        // The name is taken of one directory alone.
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, other, new PersonAdded(Lee, "u-lee", []), Describe(world, Lee), new DirectoryGroupDescribed(theirs, "Payments")));
        foreach (var action in new ControlAction[]
        {
            new PersonLeft(Kim, "x"), Describe(world, Kim), new DirectoryUserForgotten(Kim), Link(Kim), new PersonUnlinked(Kim, "corp", Subject(Kim), "x"),
            new DirectoryGroupDescribed(group, "Mine"), new DirectoryGroupChanged(group, [], [Kim]), new DirectoryGroupRemoved(group),
        })
            Assert.True(await AsAsync(world, other, action) is ControlOutcome.NotAllowed, action.ToString());
        Assert.IsType<ControlOutcome.Invalid>(await AsAsync(world, other, new DirectoryGroupChanged(theirs, [Kim], [])));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, other, new DirectoryGroupChanged(theirs, [Lee], [])));
        Assert.IsType<ControlOutcome.Invalid>(await AsAsync(world, other, new DirectoryGroupDescribed(Guid.CreateVersion7(), "PAYMENTS")));

        await world.TakeAsAsync("sam", new DirectoryClientRevoked(one, "renewed"));
        var next = await LetInAsync(world, "one");
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, next, new PersonLeft(Kim, "x")));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, other, new PersonReturned(Kim, [], "x")));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, next, new DirectoryGroupDescribed(group, "Mine")));
        using var again = await world.RestartAsync();
        Assert.Equal(("one", "other"), (again.State.People[Kim].Directory!.Label, again.State.People[Lee].Directory!.Label));
        Assert.Equal(("one", "other"), (again.State.DirectoryGroups[group].Directory, again.State.DirectoryGroups[theirs].Directory));
    }

    [Fact]
    public async Task People_say_to_which_of_several_directories_they_hand_somebody()
    {
        using var world = await WorldAsync();
        var (one, other) = (await LetInAsync(world, "one"), await LetInAsync(world, "other"));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", Describe(world, Pat)));
        Assert.IsType<ControlOutcome.Invalid>(await HandAsync(world, "018bcfe5-6800-7000-8000-00000000000f"));
        Assert.IsType<ControlOutcome.Done>(await HandAsync(world, other));
        Assert.IsType<ControlOutcome.Invalid>(await HandAsync(world, one));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, one, new PersonLeft(Pat, "x")));
        using var next = await world.RestartAsync();
        Assert.Equal("other", next.State.People[Pat].Directory!.Label);
        Assert.IsType<ControlOutcome.Done>(await AsAsync(next, other, new PersonLeft(Pat, "x")));

        static Task<ControlOutcome> HandAsync(World world, string key) => world.Controls.TakeAsync(
            World.Organization, PersonId.Parse("sam"), PersonPresence.Of(Presence.BootstrapToken) with { Directory = key }, _ => ControlPlan.Take(Describe(world, Pat)), CancellationToken.None);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("offer")]
    [InlineData("consent")]
    [InlineData("enrolment")]
    public async Task A_directory_links_nobody_whom_something_of_people_waits_for(string waiting)
    {
        using var world = await WorldAsync();
        var key = await LetInAsync(world, "one");
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonAdded(Kim, "u-kim", []), Describe(world, Kim)));
        var issued = world.Issuer.Issue(TokenKind.AgentEnrolment, TimeSpan.FromHours(1));
        ControlAction? given = waiting switch
        {
            "offer" => new AgentTransferProposed(world.Agent, Kim, "x"),
            "consent" => new AgentConsentOffered(world.Agent, Guid.CreateVersion7(), InvokeParty.Parse("person/u-kim"), world.Time.GetUtcNow().AddDays(1), "x"),
            "enrolment" => Offer(world, issued, Kim),
            _ => null,
        };
        if (given is not null)
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", given));
        var outcome = await AsAsync(world, key, Link(Kim));
        Assert.Equal(given is null, outcome is ControlOutcome.Done);
        Assert.Equal(given is not null, outcome is ControlOutcome.NotAllowed);
    }

    [Fact]
    public async Task Whom_the_directory_sent_away_it_brings_back_unless_a_person_sends_them_away_too()
    {
        using var world = await WorldAsync();
        var key = await LetInAsync(world, "one");
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonAdded(Kim, "u-kim", []), Describe(world, Kim)));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonLeft(Kim, "x")));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonReturned(Kim, [], "x")));
        Assert.IsType<ControlOutcome.Done>(await AsAsync(world, key, new PersonLeft(Kim, "x")));
        var left = world.State.People[Kim].LeftAt;
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new PersonLeft(Kim, "fired")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(Kim, "fired")));
        Assert.Equal((left, false), (world.State.People[Kim].LeftAt, world.State.People[Kim].LeftByDirectory));
        Assert.IsType<ControlOutcome.NotAllowed>(await AsAsync(world, key, new PersonReturned(Kim, [], "x")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonLeft(Kim, "again")));
        using var next = await world.RestartAsync();
        Assert.False(next.State.People[Kim].LeftByDirectory);
        Assert.IsType<ControlOutcome.Done>(await next.TakeAsAsync("sam", new PersonReturned(Kim, [], "a mistake")));
    }

    [Fact]
    public async Task The_enrolments_of_who_leaves_end_those_they_offered_and_those_they_would_answer_for()
    {
        using var world = await WorldAsync();
        var (pia, sam) = (PersonId.Parse("pia"), PersonId.Parse("sam"));
        var token = world.Issuer.Issue(TokenKind.PersonToken);
        await world.TakeAsync(
            new PersonAdded(pia, "Pia", [PersonCapability.Platform]),
            new PersonTokenIssued(PersonId.Parse("ada"), token.KeyId, token.SecretHash, Presence.StoredToken) { ExpiresAt = token.ExpiresAt });
        var offered = await OfferAsync("pia", sam);
        var owned = await OfferAsync("ada", Pat);
        var kept = await OfferAsync("ada", sam);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(pia, "gone")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(Pat, "gone")));
        Assert.Equal(kept.KeyId, Assert.Single(world.State.Enrolments).Key);
        Assert.Null(world.Authenticator.Authenticate("Bearer " + offered.Token));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + owned.Token));
        Assert.IsType<Caller.EnrollingCaller>(world.Authenticator.Authenticate("Bearer " + kept.Token));
        // Nor when they return.
        await world.TakeAsAsync("sam", new PersonReturned(Pat, [], "back"));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + owned.Token));

        async Task<IssuedCredential> OfferAsync(string by, PersonId owner)
        {
            var issued = world.Issuer.Issue(TokenKind.AgentEnrolment, TimeSpan.FromHours(1));
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(by, Offer(world, issued, owner)));
            return issued;
        }
    }

    private static async Task<World> WorldAsync()
    {
        var world = await World.WithAsync("");
        await world.TakeAsync(new OpenIdProviderRegistered(new OpenIdProvider { Name = "corp", Issuer = "https://id.example", ClientId = "writ" }));
        return world;
    }

    private static async Task<string> LetInAsync(World world, string label)
    {
        var token = world.Issuer.Issue(TokenKind.DirectoryToken, TimeSpan.FromDays(180));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new DirectoryClientRegistered(token.KeyId, label, token.SecretHash, token.ExpiresAt) { Provider = "corp", Subject = SubjectSource.ExternalId }));
        return token.KeyId;
    }

    private static string Subject(PersonId person) => OpenIdSubject.Digest("https://id.example", person.ToString());

    private static PersonLinked Link(PersonId person) => new(person, "corp", Subject(person));

    private static AgentEnrolmentOffered Offer(World world, IssuedCredential issued, PersonId owner) =>
        new(issued.KeyId, issued.SecretHash, owner, TeamId.Parse("billing"), "test", world.Time.GetUtcNow().AddHours(1), "x");

    private static DirectoryUserDescribed Describe(World world, PersonId person) =>
        new DirectoryUsers(world.Sealer).Seal(World.Organization, person, new DirectoryUser { UserName = $"{person}@corp" }, world.Time.GetUtcNow(), out _)!;

    private static Task<ControlOutcome> AsAsync(World world, string key, params ControlAction[] actions) => world.Controls.TakeAsync(
        World.Organization, null, PersonPresence.Of(Presence.Directory) with { Directory = key }, _ => ControlPlan.Take(actions), CancellationToken.None);
}
