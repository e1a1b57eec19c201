namespace Writ.Governance.Schemas.Patterns;

/// <summary>The conditions on a place in a text (ECMA-262, 22.2.2.4).</summary>
internal enum PatternAssertion
{
    /// <summary><c>^</c></summary>
    Start,

    /// <summary><c>$</c>, which is not in front of a last line feed.</summary>
    End,

    /// <summary><c>\b</c></summary>
    WordBoundary,

    /// <summary><c>\B</c></summary>
    NoWordBoundary,
}
