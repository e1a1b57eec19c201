using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Publishing;

public sealed class BundlePublisherTests
{
    private const string Tight = World.PermitAll + PublishingWorld.ForbidPay;

    [Fact]
    public async Task What_is_proved_not_looser_one_person_publishes_and_the_record_says_so()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var active = Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", Tight));
        Assert.Equal(PublicationGround.NotLooser, active.Ground);
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.Equal("not-looser", world.ControlLog.Records[^1].GetProperty("action").GetProperty("ground").GetString());
    }

    [Fact]
    public async Task What_only_analysis_shows_to_be_tighter_one_person_publishes_and_a_cent_more_is_proposed()
    {
        static string Pay(int most) => $"permit (principal, action == Writ::Action::\"tool/desk/pay\", resource) when {{ context.args.amount <= {most} }};";
        using var world = await World.WithAsync(Pay(100));
        Assert.Equal(Looseness.NotLooser, Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", Pay(99))).Finding.Looseness);
        var proposed = Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", Pay(101))).Proposal;
        Assert.Equal(Looseness.Looser, proposed.Finding.Looseness);
        Assert.Contains("tool/desk/pay is DENY now and would be ALLOW", proposed.Finding.Words, StringComparison.Ordinal);
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":100}"""));
    }

    [Fact]
    public async Task What_loosens_decides_only_once_another_person_confirmed_it_and_a_restart_between_changes_nothing()
    {
        using var world = await World.WithAsync(Tight);
        Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", World.PermitAll));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1}"""));

        using var next = await world.RestartAsync();
        Assert.Equal("proposer", await next.ObstacleAsync("sam"));
        Assert.IsType<Decision.Denied>(await next.CallAsync("pay", """{"amount":1}"""));
        Assert.Null(Assert.IsType<PublishOutcome.Active>(await next.ConfirmAsync("ada")).Ground);
        Assert.IsType<Decision.Permitted>(await next.CallAsync("pay", """{"amount":1}"""));
        Assert.Empty(next.State.Proposals);
        using var last = await next.RestartAsync();
        Assert.IsType<Decision.Permitted>(await last.CallAsync("pay", """{"amount":1}"""));
    }

    [Fact]
    public async Task T17_a_confirmation_is_of_the_version_that_was_looked_at_and_of_no_other()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        var seen = world.State.Proposals["test"].Bundle.Digest;
        await world.PublishAsAsync("sam", World.PermitAll + "// other\n");
        Assert.Equal("other_digest", await world.ObstacleAsync("ada", seen));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada"));
        Assert.Equal("unknown", await world.ObstacleAsync("ada", seen));
    }

    [Fact]
    public async Task T17_a_confirmation_over_another_version_than_was_compared_with_does_not_count()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        await world.PublishAsAsync("ada", Tight + "forbid (principal, action == Writ::Action::\"tool/desk/look\", resource);");
        Assert.Equal("outdated", await world.ObstacleAsync("ada"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_proposal_can_be_confirmed_for_seven_days_and_not_a_moment_longer()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        world.Time.Advance(BundleProposal.Life);
        Assert.Equal("expired", await world.ObstacleAsync("ada"));
        await world.PublishAsAsync("sam", World.PermitAll);
        world.Time.Advance(BundleProposal.Life - TimeSpan.FromTicks(10));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada"));
    }

    [Fact]
    public async Task Whom_the_proposer_added_is_no_second_person_for_thirty_days()
    {
        using var world = await World.WithAsync(Tight);
        await world.AddAsync("sam", "kim");
        world.Time.Advance(TimeSpan.FromDays(29));
        await world.PublishAsAsync("sam", World.PermitAll);
        Assert.Equal("too_close", await world.ObstacleAsync("kim"));
        using var next = await world.RestartAsync();
        Assert.Equal("too_close", await next.ObstacleAsync("kim"));
        next.Time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<PublishOutcome.Active>(await next.ConfirmAsync("kim"));
    }

    [Fact]
    public async Task Whom_the_proposer_s_creature_added_is_no_second_person_either()
    {
        using var world = await World.WithAsync(Tight);
        await world.AddAsync("sam", "kim");
        await world.AddAsync("kim", "lee");
        await world.PublishAsAsync("sam", World.PermitAll);
        Assert.Equal("too_close", await world.ObstacleAsync("lee"));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada"));
    }

    [Fact]
    public async Task A_token_that_the_proposer_issued_makes_its_holder_no_second_person()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonTokenIssued(PersonId.Parse("ada"), "k", "00", Presence.StoredToken)));
        Assert.Equal("too_close", await world.ObstacleAsync("ada"));
    }

    [Fact]
    public async Task Only_security_proposes_confirms_and_declines()
    {
        using var world = await World.WithAsync(Tight);
        Assert.IsType<ControlOutcome.NotAllowed>(Assert.IsType<PublishOutcome.Refused>(await world.PublishAsAsync("pat", World.PermitAll)).Outcome);
        await world.PublishAsAsync("sam", World.PermitAll);
        var digest = world.State.Proposals["test"].Bundle.Digest;
        Assert.IsType<ControlOutcome.NotAllowed>(Assert.IsType<PublishOutcome.Refused>(await world.ConfirmAsync("pat")).Outcome);
        Assert.IsType<ControlOutcome.NotAllowed>(Assert.IsType<PublishOutcome.Refused>(await world.Publisher().DeclineAsync(world.As("pat"), "test", digest, "x", CancellationToken.None)).Outcome);
        Assert.IsType<PublishOutcome.Declined>(await world.Publisher().DeclineAsync(world.As("ada"), "test", digest, "x", CancellationToken.None));
        Assert.Equal("unknown", await world.ObstacleAsync("ada", digest));
    }

    [Fact]
    public async Task T14_of_two_who_propose_the_second_hears_of_the_first()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        var first = world.State.Proposals["test"].Bundle.Digest;
        var refused = Assert.IsType<PublishOutcome.Refused>(await world.PublishAsAsync("ada", World.PermitAll + "// mine\n"));
        Assert.Contains(first, Assert.IsType<ControlOutcome.Invalid>(refused.Outcome).Cause, StringComparison.Ordinal);
        Assert.Equal(first, world.State.Proposals["test"].Bundle.Digest);
    }

    [Fact]
    public async Task T83_neither_a_tool_that_changes_nor_a_publish_of_another_bundle_voids_a_proposal()
    {
        using var world = await World.WithAsync(Tight);
        await world.PublishAsAsync("sam", World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new ToolQuarantined(World.Desk, "wipe", "", "it changed")));
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", "forbid (principal, action == Writ::Action::\"tool/desk/note\", resource);", name: "other"));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada"));
    }

    [Fact]
    public async Task T79_a_rollback_that_loosens_takes_one_person_and_no_proof()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.PublishAsAsync("sam", "forbid (principal, action, resource);");
        Assert.IsType<ControlOutcome.Done>(await world.Controls.TakeAsync(
            World.Organization, PersonId.Parse("sam"), Presence.StoredToken, state => BundleRollback.Plan(state!, "test", null, "x"), CancellationToken.None));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_person_s_publish_that_states_no_ground_is_refused_and_so_is_solo_where_there_are_two()
    {
        using var world = await World.WithAsync(Tight);
        var bundle = World.Bundle(World.PermitAll);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("sam", [.. BundlePublication.Plan(bundle).Actions]));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", [.. BundlePublication.Plan(bundle, PublicationGround.Solo).Actions]));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1}"""));
    }

    [Fact]
    public async Task A_bundle_of_another_name_that_permits_more_is_proposed_and_one_that_only_forbids_is_not()
    {
        using var world = await World.WithAsync(PublishingWorld.ForbidPay);
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", "forbid (principal, action == Writ::Action::\"tool/desk/look\", resource);", name: "more"));
        Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", World.PermitAll, name: "others"));
    }

    [Fact]
    public async Task The_same_rules_over_another_table_are_unproved_and_over_the_same_table_they_are_proved()
    {
        static BundleArchive Limits(int most, string more = "")
        {
            var bundle = World.Bundle("permit (principal, action == Writ::Action::\"tool/desk/pay\", resource) when { context.args.amount <= context.facts.limit.most };\n" + more);
            return bundle with { Files = bundle.Files.Add(new BundleFile("facts.json", $$"""
                {"sources":[{"name":"limit","kind":"table","key":{"to":"to"},"members":{"most":"Long"},"tools":["desk/pay"],"rows":[{"to":"x","most":{{most}}}]}]}
                """)) };
        }

        using var world = await World.WithAsync("");
        await world.TakeAsync([.. BundlePublication.Plan(Limits(5)).Actions]);
        Assert.Equal(Looseness.Unproved, PublicationCheck.Compare(world.State, Limits(6), world.Time).Looseness);
        Assert.Equal(Looseness.NotLooser, PublicationCheck.Compare(world.State, Limits(5, PublishingWorld.ForbidPay), world.Time).Looseness);
    }

    [Fact]
    public async Task The_first_bundle_of_an_organization_of_two_is_proposed()
    {
        using var world = await World.WithAsync("");
        Assert.Equal(Looseness.First, Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", World.PermitAll)).Proposal.Finding.Looseness);
    }

    [Fact]
    public async Task More_rules_than_are_compared_are_unproved_and_adding_a_forbid_to_as_many_is_not()
    {
        string Many(string last) => World.PermitAll + string.Concat(Enumerable.Range(0, PublicationCheck.MaxRules).Select(i => $"forbid (principal, action == Writ::Action::\"tool/desk/t{i}\", resource);\n")) + last;
        using var world = await World.WithAsync(Many(""));
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", Many(PublishingWorld.ForbidPay)));
        Assert.Equal(Looseness.Unproved, Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", Many(""))).Proposal.Finding.Looseness);
    }
}
