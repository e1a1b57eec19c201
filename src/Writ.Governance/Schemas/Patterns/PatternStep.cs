namespace Writ.Governance.Schemas.Patterns;

/// <summary>One state of a <see cref="PatternProgram"/>; which fields have a meaning depends on <see cref="Kind"/>.</summary>
internal readonly record struct PatternStep(
    PatternStepKind Kind, int Next = 0, int Other = 0, CodePointClass? Class = null, PatternAssertion Assertion = default);
