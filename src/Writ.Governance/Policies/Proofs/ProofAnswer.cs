namespace Writ.Governance.Policies.Proofs;

/// <summary>What an analysis came to. Closed.</summary>
public abstract record ProofAnswer
{
    private ProofAnswer()
    {
    }

    /// <summary>It holds of every call there could be.</summary>
    /// <param name="Method">How that was proved.</param>
    public sealed record Proved(string Method) : ProofAnswer;

    /// <summary>It does not hold, as a call shows, which was decided with the same policies.</summary>
    public sealed record Refuted(ProofExample Example) : ProofAnswer;

    /// <summary>Neither was found. Nothing follows from it.</summary>
    public sealed record Unknown(string Reason) : ProofAnswer;

    /// <summary>There is nothing to answer.</summary>
    public sealed record Invalid(string Problem) : ProofAnswer;
}
