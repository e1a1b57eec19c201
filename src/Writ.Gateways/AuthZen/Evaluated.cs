using Writ.Governance.Decisions;

namespace Writ.Gateways.AuthZen;

/// <summary>What came of one evaluation.</summary>
internal abstract record Evaluated
{
    private Evaluated()
    {
    }

    /// <summary>A decision, on record.</summary>
    public sealed record Answered(EvaluationResponse Response) : Evaluated;

    /// <summary>The request could not be evaluated; nothing was decided.</summary>
    public sealed record Refused(int Status, ReasonCode Code, string Detail) : Evaluated;
}
