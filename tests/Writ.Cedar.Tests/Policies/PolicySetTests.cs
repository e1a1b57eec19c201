using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests.Policies;

public sealed class PolicySetTests
{
    private const string Template = "@note(\"t\") permit(principal in ?principal, action, resource == ?resource) when { principal != resource };";

    [Fact]
    public void Sets_with_distinct_ids_merge()
    {
        var one = Cedar.Policies("permit(principal, action, resource);", new ParseOptions { IdPrefix = "a" });
        var two = Cedar.Policies("forbid(principal, action, resource);", new ParseOptions { IdPrefix = "b" });
        Assert.True(PolicySet.Merge(one, two, PolicySet.Empty).TryGet(out var merged, out _));
        Assert.Equal(["a0", "b0"], merged.Policies.Select(policy => policy.Id.Value));
    }

    [Fact]
    public void Sets_that_share_an_id_do_not_merge()
    {
        var one = Cedar.Policies("permit(principal, action, resource);", new ParseOptions { SourceName = "a.cedar" });
        var two = Cedar.Policies("\nforbid(principal, action, resource);", new ParseOptions { SourceName = "b.cedar" });
        var failure = Assert.IsType<ParseResult<PolicySet>.Failure>(PolicySet.Merge(one, two));
        Assert.Equal("b.cedar:2:1: the policy id 'policy0' is used twice", failure.ToString());
        Assert.IsType<ParseResult<PolicySet>.Failure>(PolicySet.Merge(one, Cedar.Policies(Template)));
    }

    [Fact]
    public void A_template_decides_nothing_until_it_is_linked()
    {
        var set = Cedar.Policies(Template);
        Assert.Empty(set.Policies);
        Assert.Equal(Decision.Deny, Reference.Authorize(set, Cedar.Request(), EntityStore.Empty).Decision);
        Assert.True(set.Link(new PolicyId("policy0"), new PolicyId("mine"), Cedar.Alice, Cedar.Photo).TryGet(out var linked, out _));
        var response = Reference.Authorize(linked, Cedar.Request(), EntityStore.Empty);
        Assert.Equal((Decision.Allow, "mine"), (response.Decision, Assert.Single(response.Reasons).Value));
        Assert.True(linked.TryGetPolicy(new PolicyId("mine"), out var policy));
        Assert.Equal("t", policy.Annotations.Find("note"));
        Assert.Equal(new TemplateLink(new PolicyId("policy0"), Cedar.Alice, Cedar.Photo), policy.Link);
        Assert.Contains("principal in User::\"alice\"", policy.ToString());
    }

    [Fact]
    public void A_link_fills_exactly_the_slots_of_its_template_under_a_new_id()
    {
        var set = Cedar.Policies(Template + "permit(principal == ?principal, action, resource);");
        Assert.Contains("nothing is given for ?resource", Refusal(set.Link(new PolicyId("policy0"), new PolicyId("x"), Cedar.Alice)));
        Assert.Contains("nothing is given for ?principal", Refusal(set.Link(new PolicyId("policy0"), new PolicyId("x"), resource: Cedar.Photo)));
        Assert.Contains("no slot ?resource", Refusal(set.Link(new PolicyId("policy1"), new PolicyId("x"), Cedar.Alice, Cedar.Photo)));
        Assert.Contains("no template 'policy2'", Refusal(set.Link(new PolicyId("policy2"), new PolicyId("x"), Cedar.Alice)));
        Assert.Contains("used twice", Refusal(set.Link(new PolicyId("policy1"), new PolicyId("policy0"), Cedar.Alice)));
    }

    [Fact]
    public void A_link_without_its_template_is_no_part_of_a_set()
    {
        var set = Cedar.Policies(Template);
        Assert.True(set.Link(new PolicyId("policy0"), new PolicyId("x"), Cedar.Alice, Cedar.Photo).TryGet(out var linked, out _));
        Assert.Contains("which is not in the set", Refusal(PolicySet.Create(linked.Policies)));
    }

    private static string Refusal(ParseResult<PolicySet> result) => Assert.IsType<ParseResult<PolicySet>.Failure>(result).ToString();
}
