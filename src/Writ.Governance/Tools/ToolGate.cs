using Writ.Governance.Decisions;

namespace Writ.Governance.Tools;

/// <summary>A tool has to be admitted and classified, and the arguments have to fit the schema that was pinned.</summary>
public sealed class ToolGate : IGate
{
    public string Name => "tool";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(Check(request));

    private static GateResult Check(ActionRequest request)
    {
        if (request.Tool is not { } tool)
            return GateResult.Denied.Because(ReasonCodes.NotGranted, "the server has no tool of this name");
        if (tool.Obstacle is { } obstacle)
            return GateResult.Denied.Because(ReasonCodes.ToolQuarantined, obstacle);
        if (tool.Input!.Validate(request.Arguments.Value) is not { } violation)
            return GateResult.Passed.Instance;

        // The schema is the tool's own, which the agent sees: where its arguments break it is no secret, and lets it mend them.
        var reason = ReasonCodes.ArgumentsInvalid;
        return GateResult.Denied.Because(
            reason with { AgentMessage = $"{reason.AgentMessage} At '{violation.InstancePointer}': {violation.Message}" },
            $"arguments break '{violation.Keyword}' of the pinned input schema");
    }
}
