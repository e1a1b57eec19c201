namespace Writ.Cedar.Expressions;

/// <summary>The operators of two operands.</summary>
public enum BinaryOperator
{
    /// <summary><c>x || y</c>; y is evaluated only when x is false.</summary>
    Or,

    /// <summary><c>x &amp;&amp; y</c>; y is evaluated only when x is true.</summary>
    And,

    /// <summary><c>x == y</c></summary>
    Equal,

    /// <summary><c>x != y</c></summary>
    NotEqual,

    /// <summary><c>x &lt; y</c></summary>
    Less,

    /// <summary><c>x &lt;= y</c></summary>
    LessOrEqual,

    /// <summary><c>x &gt; y</c></summary>
    Greater,

    /// <summary><c>x &gt;= y</c></summary>
    GreaterOrEqual,

    /// <summary><c>x in y</c>; y is an entity or a set of entities.</summary>
    In,

    /// <summary><c>x + y</c></summary>
    Add,

    /// <summary><c>x - y</c></summary>
    Subtract,

    /// <summary><c>x * y</c></summary>
    Multiply,

    /// <summary><c>x.contains(y)</c></summary>
    Contains,

    /// <summary><c>x.containsAll(y)</c></summary>
    ContainsAll,

    /// <summary><c>x.containsAny(y)</c></summary>
    ContainsAny,

    /// <summary><c>x.getTag(y)</c></summary>
    GetTag,

    /// <summary><c>x.hasTag(y)</c></summary>
    HasTag,
}
