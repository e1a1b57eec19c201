namespace Writ.Cedar.Expressions;

/// <summary>The operators of one operand.</summary>
public enum UnaryOperator
{
    /// <summary><c>!x</c></summary>
    Not,

    /// <summary><c>-x</c></summary>
    Negate,

    /// <summary><c>x.isEmpty()</c></summary>
    IsEmpty,
}
