namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>A token of SQL.</summary>
internal sealed record SqlToken(SqlTokenKind Kind, string Text);
