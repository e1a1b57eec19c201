namespace Writ.Cedar.Validation;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>What was validated is wrong.</summary>
    Error,

    /// <summary>What was validated is right, but hardly meant.</summary>
    Warning,
}
