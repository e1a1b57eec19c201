namespace Writ.Governance.Decisions;

/// <summary>One check in the decision path. It knows nothing of the others, and answers with a value, never an exception.</summary>
public interface IGate
{
    /// <summary>The gate's name in records and explanations.</summary>
    string Name { get; }

    ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation);
}
