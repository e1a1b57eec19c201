using Writ.Cedar.Values;
using Writ.Governance.Decisions;
using Writ.Governance.Schemas;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>
/// Builds <c>context</c>. The agent's arguments stand under <c>args</c>, its claims under <c>claimed</c>, what an enforcement point
/// asserted under <c>asserted</c>; everything else is Writ's own, and no name that the agent chooses can reach it.
/// </summary>
internal static class ActionContext
{
    private static readonly RecordValue NoChain = RecordValue.Of(("depth", 0));

    public static RecordValue Build(Facts facts, ToolTerms tool, AgentTerms agent, Arguments arguments, bool withClaims)
    {
        // In the order of the names, and so many as there are: then the record is made without sorting or copying.
        var user = facts.Task.User;
        var context = new RecordBuilder(user is null ? 12 : 13)
            .Add("args", ArgumentValues.Of(arguments.Value, tool.Tool.Input))
            .Add("asserted", ArgumentValues.Of(facts.Asserted, null))
            .Add("assurance", facts.Assurance)
            .Add("capability", tool.Capability)
            .Add("chain", facts.Chain?.Verified is { } chain ? RecordValue.Of(("depth", chain.Depth)) : NoChain)
            .Add("claimed", withClaims ? ClaimsOf(facts) : RecordValue.Empty)
            .Add("derived", tool.Facts.DerivedValue(arguments))
            .Add("environment", agent.Environment)
            .Add("facts", tool.Facts.SourceValue(arguments, facts.LookedUp));
        if (user is not null)
            context.Add("on_behalf_of", Vocabulary.User(user.Value));
        return context
            .Add("risk_tags", tool.RiskTags)
            .Add("task", TaskOf(facts))
            .Add("time", DatetimeValue.Of(facts.Time))
            .Build();
    }

    private static RecordValue TaskOf(Facts facts)
    {
        var task = new RecordBuilder(5)
            .Add("id", Vocabulary.Task(facts.Task.Id))
            .Add("implicit", facts.Task.Implicit);
        if (facts.Task.Purpose is { } purpose)
            task.Add("purpose", purpose.Value);
        if (facts.Task.StartedBy is { } starter)
            task.Add("started_by", Vocabulary.Person(starter.Value));
        if (facts.Task.Workflow is { } workflow)
            task.Add("workflow", workflow.Value);
        return task.Build();
    }

    private static RecordValue ClaimsOf(Facts facts)
    {
        var claims = new RecordBuilder(3);
        if ((facts.Claims.AgentVersion ?? facts.Task.Claims.AgentVersion) is { } version)
            claims.Add("agent_version", version);
        if ((facts.Claims.OnBehalfOf ?? facts.Task.Claims.OnBehalfOf) is { } user)
            claims.Add("on_behalf_of", user);
        if ((facts.Claims.Purpose ?? facts.Task.Claims.Purpose) is { } purpose)
            claims.Add("purpose", purpose);
        return claims.Build();
    }
}
