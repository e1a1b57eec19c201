using Writ.Governance.Decisions;

namespace Writ.Governance.Agents;

/// <summary>
/// An agent reaches only tools it was given. A tool that was not given and a tool that does not exist look the same to it.
/// </summary>
public sealed class GrantGate : IGate
{
    public string Name => "grants";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(Check(request));

    private static GateResult Check(ActionRequest request)
    {
        if (request.Tool is null)
            return GateResult.Denied.Because(ReasonCodes.NotGranted, "the server has no tool of this name");
        foreach (var grant in request.Facts.Agent.Grants)
        {
            if (grant.Covers(request.Server, request.ToolName))
                return GateResult.Passed.Instance;
        }

        var own = request.Organization.Agents.GetValueOrDefault(request.Facts.Agent.Id);
        return GateResult.Denied.Because(ReasonCodes.NotGranted, own is not null && own.Grants.Any(grant => grant.Covers(request.Server, request.ToolName))
            ? "the agent has been given this tool, and not within this task: see its scope, its chain, who started it, and whether the grant is leaving"
            : "no grant of the agent covers this tool");
    }
}
