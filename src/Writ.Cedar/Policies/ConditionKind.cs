namespace Writ.Cedar.Policies;

/// <summary>How a condition is meant.</summary>
public enum ConditionKind
{
    /// <summary><c>when { x }</c>: x must be true.</summary>
    When,

    /// <summary><c>unless { x }</c>: x must be false.</summary>
    Unless,
}
