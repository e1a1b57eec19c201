using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.OAuth;
using Writ.Governance.Policies.Constraints;
using Writ.Identity.OAuth;

namespace Writ.Governance.Tests.OAuth;

public sealed class AccessScopeTests
{
    [Theory]
    [InlineData("desk/*", "desk/read", "desk/read")]
    [InlineData("desk/*", "desk/*", "desk/*")]
    [InlineData("desk/read desk/write", "desk/*", "desk/read desk/write")]
    [InlineData("desk/read", "desk/read desk/read", "desk/read")]
    [InlineData("desk/read", "desk/write", "")]
    [InlineData("desk/read", "bank/*", "")]
    [InlineData("desk/*", "", "")]
    [InlineData("desk/*", "*", "")]
    public void A_scope_leaves_what_it_names_of_what_was_given(string given, string scope, string left) =>
        Assert.Equal(Grants(left), AccessScope.Within(Grants(given), scope));

    [Fact]
    public async Task What_a_token_leaves_out_is_refused_although_the_agent_was_given_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var whole = (Caller.AgentCaller)world.Authenticator.Authenticate("Bearer " + world.Key)!;
        async Task<Decision> DecideAsync(string? scope)
        {
            var caller = whole with { Token = new AccessToken { Issuer = "", Agent = "", Client = "", Audience = "", Scope = scope } };
            var (request, _) = await world.Intake.MakeAsync(new ActionCall
            {
                Caller = caller, Agent = caller.Agent, Door = Door.Mcp, Server = World.Desk, Tool = "look", Arguments = World.Args("{}"), Enforceable = ConstraintKinds.All,
            });
            return await world.Governor.DecideAsync(request!);
        }

        Assert.IsType<Decision.Permitted>(await DecideAsync(null));
        Assert.IsType<Decision.Permitted>(await DecideAsync("desk/look"));
        Assert.IsType<Decision.Denied>(await DecideAsync("desk/pay"));
        Assert.IsType<Decision.Denied>(await DecideAsync("bank/*"));
    }

    private static ImmutableArray<Grant> Grants(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Grant.TryParse(word, out var grant) ? grant! : throw new FormatException(word))];
}
