namespace Writ.Governance.Policies.Proofs;

/// <summary>What a question wants to be there whenever a call runs.</summary>
internal enum ProofDemand
{
    /// <summary>Nothing would do: it never runs.</summary>
    Nothing,

    /// <summary>People have approved.</summary>
    Approval,

    /// <summary>A constraint of a kind is enforced.</summary>
    Constraint,
}
