using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Tests.Authorization;

public sealed class ScopeTests
{
    private static readonly EntityStore Store = Cedar.Store(
        new Entity(Cedar.Alice, [new EntityUid("Group", "staff")]),
        new Entity(Cedar.View, [new EntityUid("Action", "reads")]),
        new Entity(Cedar.Photo, [new EntityUid("Album", "a")]));

    [Theory]
    [InlineData("principal, action, resource", true)]
    [InlineData("principal == User::\"alice\", action == Action::\"view\", resource == Photo::\"p1\"", true)]
    [InlineData("principal == User::\"bob\", action, resource", false)]
    [InlineData("principal, action == Action::\"edit\", resource", false)]
    [InlineData("principal, action, resource == Photo::\"p2\"", false)]
    [InlineData("principal in Group::\"staff\", action, resource", true)]
    [InlineData("principal in Group::\"others\", action, resource", false)]
    [InlineData("principal is User, action, resource is Photo", true)]
    [InlineData("principal is Agent, action, resource", false)]
    [InlineData("principal is User in Group::\"staff\", action, resource is Photo in Album::\"a\"", true)]
    [InlineData("principal is User in Group::\"others\", action, resource", false)]
    [InlineData("principal is Agent in Group::\"staff\", action, resource", false)]
    [InlineData("principal, action in Action::\"reads\", resource", true)]
    [InlineData("principal, action in [Action::\"x\", Action::\"reads\"], resource", true)]
    [InlineData("principal, action in [], resource", false)]
    [InlineData("principal, action == Action::\"reads\", resource", false)]
    [InlineData("principal, action, resource in Album::\"a\"", true)]
    [InlineData("principal, action, resource in Album::\"b\"", false)]
    public void T08_T10_principal_action_and_resource_all_count(string scope, bool matches)
    {
        var evaluation = Cedar.Evaluate($"permit({scope});", store: Store);
        Assert.Equal(matches ? Decision.Allow : Decision.Deny, evaluation.Decision);
        evaluation = Cedar.Evaluate($"permit(principal, action, resource); forbid({scope});", store: Store);
        Assert.Equal(matches ? Decision.Deny : Decision.Allow, evaluation.Decision);
    }

    [Fact]
    public void T08_a_rule_named_disallow_is_not_an_allow() =>
        Assert.Contains("expected `permit` or `forbid`, found `disallow`", Cedar.Refusal("disallow(principal, action, resource);").ToString());
}
