namespace Writ.Governance.Policies.Explaining;

/// <summary>How a rule fares with an action.</summary>
public enum RuleFate
{
    /// <summary>Its scope does not cover the action; its conditions are not asked.</summary>
    OutOfScope,

    /// <summary>Its scope covers the action, its conditions do not all hold.</summary>
    Unsatisfied,

    /// <summary>It holds.</summary>
    Satisfied,

    /// <summary>It could not be evaluated: a forbid then denies, a permit does not count.</summary>
    Failed,
}
