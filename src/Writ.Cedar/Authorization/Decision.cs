namespace Writ.Cedar.Authorization;

/// <summary>Cedar's answer.</summary>
public enum Decision
{
    /// <summary>Not allowed: a forbid is satisfied, or no permit is. The default.</summary>
    Deny,

    /// <summary>Allowed: a permit is satisfied and no forbid is.</summary>
    Allow,
}
