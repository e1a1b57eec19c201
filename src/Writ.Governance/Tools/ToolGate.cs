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
        return tool.Input!.Validate(request.Arguments.Value) is { } violation
            ? GateResult.Denied.Because(ReasonCodes.ArgumentsInvalid, $"arguments break '{violation.Keyword}' of the pinned input schema")
            : GateResult.Passed.Instance;
    }
}
