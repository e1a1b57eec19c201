namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>What is known of the value of a term before anybody calls.</summary>
internal enum TermType
{
    /// <summary>True or false.</summary>
    Truth,

    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with decimals.</summary>
    Fraction,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list that the condition writes out.</summary>
    List,

    /// <summary>Something with members.</summary>
    Record,

    /// <summary>Whatever the agent or an enforcement point sends, or a fact says.</summary>
    Any,
}
