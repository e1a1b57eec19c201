namespace Writ.Cedar.Policies;

/// <summary>What a satisfied policy does.</summary>
public enum Effect
{
    /// <summary>Grants, unless a forbid is satisfied.</summary>
    Permit,

    /// <summary>Denies, whatever is granted.</summary>
    Forbid,
}
