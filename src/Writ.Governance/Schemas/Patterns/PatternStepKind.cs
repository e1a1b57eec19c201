namespace Writ.Governance.Schemas.Patterns;

/// <summary>What a state of a <see cref="PatternProgram"/> does.</summary>
internal enum PatternStepKind
{
    Match,
    One,
    Fork,
    Assert,
}
