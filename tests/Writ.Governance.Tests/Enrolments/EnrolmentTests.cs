using System.Collections.Immutable;
using System.Security.Cryptography;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Enrolments;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Restorations;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Enrolments;

public sealed class EnrolmentTests
{
    [Fact]
    public async Task An_enrolment_is_used_once_even_by_two_at_once()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (token, id) = await OfferAsync(world);
        Assert.IsType<Caller.EnrollingCaller>(world.Authenticator.Authenticate("Bearer " + token));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => EnrolAsync(world, id, $"agent {n}"))));
        Assert.Single(outcomes.OfType<ControlOutcome.Done>());
        Assert.All(outcomes.OfType<ControlOutcome.Invalid>(), refused => Assert.Equal(Enrolling.NotAccepted, refused.Cause));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + token));
        var draft = Assert.Single(world.State.Agents.Values, agent => agent.Origin is not null);
        Assert.Equal((AgentLifecycle.Draft, "pat", "billing", 0), (draft.Lifecycle, draft.Owner.ToString(), draft.Team.ToString(), draft.Grants.Length));

        // The fold itself refuses a second use, whatever a plan would say.
        Assert.IsType<ControlOutcome.Invalid>(await world.Controls.TakeAsync(
            World.Organization, null, Presence.Installation, _ => ControlPlan.Take(Draft(world, id, "again")), CancellationToken.None));
        using var next = await world.RestartAsync();
        Assert.Equal(draft.Origin!.Reference, next.State.Agents[draft.Id].Origin!.Reference);
        Assert.Null(next.Authenticator.Authenticate("Bearer " + token));
    }

    [Fact]
    public async Task An_enrolment_ends_at_its_time_with_its_owner_and_with_the_rights_of_who_offered_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (late, lateId) = await OfferAsync(world, hours: 1);
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + late));
        Assert.Equal(Enrolling.NotAccepted, Assert.IsType<ControlOutcome.Invalid>(await EnrolAsync(world, lateId, "late")).Cause);

        await world.TakeAsync(new PersonAdded(PersonId.Parse("pia"), "Pia", [PersonCapability.Platform]));
        var (_, hers) = await OfferAsync(world, by: "pia");
        await world.TakeAsync(new PersonAdded(PersonId.Parse("pia"), "Pia", [PersonCapability.App]));
        Assert.Equal(Enrolling.NotAccepted, Assert.IsType<ControlOutcome.Invalid>(await EnrolAsync(world, hers, "hers")).Cause);

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonLeft(PersonId.Parse("pat"), "gone")));
        var (_, orphan) = await OfferAsync(world); // the record of an offer may name who left; nothing comes of it
        Assert.Equal(Enrolling.NotAccepted, Assert.IsType<ControlOutcome.Invalid>(await EnrolAsync(world, orphan, "orphan")).Cause);

        var (withdrawn, id) = await OfferAsync(world);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pia", new AgentEnrolmentWithdrawn(id, "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new AgentEnrolmentWithdrawn(id, "x")));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + withdrawn));
    }

    [Fact]
    public async Task Only_platform_offers_one_and_never_for_long()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var issued = world.Issuer.Issue(TokenKind.AgentEnrolment, TimeSpan.FromHours(1));
        foreach (var person in new[] { "sam", "pat" })
            Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync(person, Offer(world, issued, 1)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, issued, 169)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, issued, 1) with { Owner = PersonId.Parse("nobody") }));
        for (var n = 0; n < AgentEnrolment.MostWaiting; n++)
            await OfferAsync(world);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, issued, 1)));
        world.Time.Advance(TimeSpan.FromDays(2));
        await OfferAsync(world);
    }

    [Fact]
    public async Task A_draft_acts_only_once_somebody_activates_it_and_its_key_is_not_taken_from_another()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draftKey = new DraftKey(Guid.NewGuid().ToString("N"), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), world.Time.GetUtcNow().AddDays(90));
        var (_, id) = await OfferAsync(world);
        Assert.IsType<ControlOutcome.Done>(await EnrolAsync(world, id, "agent", draftKey));
        var draft = world.State.Agents.Values.Single(agent => agent.Origin is not null);
        Assert.StartsWith("agent-", draft.Name, StringComparison.Ordinal); // "agent" is taken
        var credential = world.State.AgentCredentials.Find(draftKey.Id)!;
        Assert.Equal((draft.Id, "ada"), (credential.Agent, credential.CreatedBy.ToString()));

        var (_, other) = await OfferAsync(world);
        Assert.NotEqual(Enrolling.NotAccepted, Assert.IsType<ControlOutcome.Invalid>(await EnrolAsync(world, other, "thief", draftKey with { Id = Guid.NewGuid().ToString("N") })).Cause);
        Assert.IsType<ControlOutcome.Done>(await EnrolAsync(world, other, "thief")); // the token was not used up by it

        var issued = world.Issuer.Issue(TokenKind.AgentKey);
        await world.TakeAsync(new AgentKeyIssued(draft.Id, issued.KeyId, issued.SecretHash, issued.ExpiresAt));
        Assert.Equal("WRIT3002", Assert.IsType<Decision.Denied>(await world.CallAsync("look", key: issued.Token)).Refusal.Reason.Code);
        await world.TakeAsync(new AgentLifecycleChanged(draft.Id, AgentLifecycle.Active, "seen"));
        Assert.Equal("WRIT3004", Assert.IsType<Decision.Denied>(await world.CallAsync("look", key: issued.Token)).Refusal.Reason.Code);
    }

    [Fact]
    public async Task A_name_that_was_given_before_is_cut_between_characters()
    {
        using var world = await World.WithAsync("");
        var name = string.Concat(Enumerable.Repeat("\U0001F916", AgentLabel.MaxLength / 2));
        await world.TakeAsync(new AgentRegistered(World.Describe(AgentId.New(world.Time)) with { Name = name }));
        var free = world.State.FreeName(World.Describe(AgentId.New(world.Time)) with { Name = name });
        Assert.NotEqual(name, free);
        Assert.True(AgentLabel.IsValid(free), free);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("grants")]
    [InlineData("visible")]
    [InlineData("owner")]
    [InlineData("team")]
    [InlineData("environment")]
    [InlineData("claims")]
    [InlineData("hidden")]
    [InlineData("person")]
    public async Task A_record_gives_a_draft_no_right_and_no_other_owner(string wrong)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (_, id) = await OfferAsync(world);
        var draft = Draft(world, id, "agent x");
        draft = wrong switch
        {
            "active" => draft with { Agent = draft.Agent with { Lifecycle = AgentLifecycle.Active } },
            "grants" => draft with { Agent = draft.Agent with { Grants = [new Grant(World.Desk, "look")] } },
            "visible" => draft with { Agent = draft.Agent with { Visibility = AgentVisibility.Team } },
            "owner" => draft with { Agent = draft.Agent with { Owner = PersonId.Parse("sam") } },
            "team" => draft with { Agent = draft.Agent with { Team = TeamId.Parse("other") } },
            "environment" => draft with { Agent = draft.Agent with { Environment = "production" } },
            "claims" => draft with { Claims = Enumerable.Range(0, AgentOrigin.MaxClaims + 1).ToImmutableSortedDictionary(n => $"c{n}", _ => "x", StringComparer.Ordinal) },
            "hidden" => draft with { Claims = AgentOrigin.NoClaims.Add("framework", "lang\u202egraph") },
            _ => draft,
        };
        Assert.IsType<ControlOutcome.Invalid>(await world.Controls.TakeAsync(
            World.Organization, wrong == "person" ? PersonId.Parse("ada") : null, Presence.BootstrapToken, _ => ControlPlan.Take(draft), CancellationToken.None));
        Assert.IsType<ControlOutcome.Done>(await EnrolAsync(world, id, "agent x"));
    }

    [Fact]
    public async Task T80_a_restore_forgets_enrolments()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (token, _) = await OfferAsync(world);
        await world.TakeAsync(new InstallationRestored("restored.example", new string('0', 64), [], []));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + token));
        Assert.Empty(world.State.Enrolments);
    }

    private static async Task<(string Token, string Id)> OfferAsync(World world, string by = "ada", int hours = 24)
    {
        var issued = world.Issuer.Issue(TokenKind.AgentEnrolment, TimeSpan.FromHours(hours));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(by, Offer(world, issued, hours)));
        return (issued.Token, issued.KeyId);
    }

    private static AgentEnrolmentOffered Offer(World world, IssuedCredential issued, int hours) =>
        new(issued.KeyId, issued.SecretHash, PersonId.Parse("pat"), TeamId.Parse("billing"), "test", world.Time.GetUtcNow().AddHours(hours), "x");

    private static Task<ControlOutcome> EnrolAsync(World world, string enrolment, string name, DraftKey? key = null) => world.Controls.TakeAsync(
        World.Organization, null, Presence.Installation, state => Enrolling.Plan(state!, enrolment, Draft(world, enrolment, name) with { Key = key }, world.Time.GetUtcNow()), CancellationToken.None);

    private static AgentDrafted Draft(World world, string enrolment, string name) => new(
        World.Describe(AgentId.New(world.Time)) with { Name = name, Owner = PersonId.Parse("pat"), Team = TeamId.Parse("billing"), Lifecycle = AgentLifecycle.Draft }, AgentSource.Enrolment, enrolment)
    {
        Claims = AgentOrigin.NoClaims.Add("framework", "langgraph"),
    };
}
