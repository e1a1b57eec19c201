namespace Writ.Cedar.Validation;

/// <summary>How strictly policies are validated. A policy that is valid in strict mode is valid in permissive mode.</summary>
public enum ValidationMode
{
    /// <summary>
    /// Types that differ do not meet in a comparison, set or condition; no set is empty; extension values are written as literals. What
    /// analyses of policies need, and the better finder of mistakes.
    /// </summary>
    Strict,

    /// <summary>Only what can fail in evaluation is an error.</summary>
    Permissive,
}
