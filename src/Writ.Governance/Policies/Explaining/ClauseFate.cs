namespace Writ.Governance.Policies.Explaining;

/// <summary>How a clause of a rule fares with an action.</summary>
public enum ClauseFate
{
    /// <summary>It is as the rule wants it.</summary>
    Holds,

    /// <summary>It is not as the rule wants it: the rule does not apply because of it.</summary>
    Misses,

    /// <summary>It could not be evaluated.</summary>
    Failed,

    /// <summary>A clause before it settled the rule, and without that one it has no value.</summary>
    NotAsked,
}
