using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>A part of a condition: what it is in Cedar, and what is known of it.</summary>
/// <param name="Expr">The Cedar.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="At">Where it starts in the condition.</param>
internal sealed record Term(Expr Expr, TermType Type, int At)
{
    /// <summary>What it says, of a literal; null of everything else.</summary>
    public string? Literal { get; init; }

    /// <summary>The elements, of a list that is written out.</summary>
    public ImmutableArray<Term> Items { get; init; } = [];

    public bool IsLiteral => Literal is not null || Type == TermType.List;

    /// <summary>What an error message calls it.</summary>
    public string Kind => Type switch
    {
        TermType.Truth => "true or false",
        TermType.Text => "a text",
        TermType.Whole => "a whole number",
        TermType.Fraction => "a number with decimals",
        TermType.Texts or TermType.List => "a list",
        TermType.Record => "a group of members",
        _ => "a value",
    };
}
