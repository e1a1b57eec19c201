using Writ.Governance.Agents;
using Writ.Governance.Kills;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Kills;

public sealed class KillScopeTests
{
    private const string Id = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21";

    [Theory]
    [InlineData("everything", true, true, true)]
    [InlineData($"agent/{Id}", true, true, false)]
    [InlineData($"version/{Id}/1.2/b", true, true, false)]
    [InlineData($"version/{Id}/1.2", false, false, false)]
    [InlineData("team/billing", true, true, false)]
    [InlineData("team/bill", false, false, false)]
    [InlineData("model/vendor/model-2026-01-01", true, true, false)]
    [InlineData("model/vendor", false, false, false)]
    [InlineData("server/desk", true, true, true)]
    [InlineData("tool/desk/pay", true, false, true)]
    [InlineData("tool/desk/pa", false, false, false)]
    [InlineData("tool/des/pay", false, false, false)]
    public void It_stops_what_it_names_and_nothing_else(string text, bool itsCall, bool itsOtherCall, bool anothersCall)
    {
        var scope = KillScope.Parse(text);
        Assert.Equal(text, scope.ToString());
        var own = World.Describe(AgentId.Parse(Id)) with { Version = "1.2/b", Team = Writ.Governance.Organizations.TeamId.Parse("billing"), Model = "vendor/model-2026-01-01" };
        var another = World.Describe(AgentId.Parse(Id[..^1] + "2"));
        Assert.Equal((itsCall, itsOtherCall, anothersCall), (scope.Stops(own, World.Desk, "pay"), scope.Stops(own, World.Desk, "look"), scope.Stops(another, World.Desk, "pay")));
        Assert.Equal(text == "everything", scope.Stops(another, ServerSlug.Parse("other"), "pay"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("Everything")]
    [InlineData("everything/else")]
    [InlineData("agent")]
    [InlineData("agent/helper")]
    [InlineData($"agent/{Id}/1")]
    [InlineData($"version/{Id}")]
    [InlineData($"version/{Id}/")]
    [InlineData("team/Big Team")]
    [InlineData("server/")]
    [InlineData("tool/desk")]
    [InlineData("tool/desk/")]
    [InlineData("model/")]
    [InlineData("model/a\nb")]
    public void What_is_no_scope_is_refused(string text)
    {
        Assert.False(KillScope.TryParse(text, null, out var scope));
        Assert.False(scope.Stops(World.Describe(AgentId.Parse(Id)), World.Desk, "pay"));
        Assert.False(KillScope.TryParse("model/" + new string('m', KillScope.MaxLength), null, out _));
    }
}
