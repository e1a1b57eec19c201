namespace Writ.Governance.Querying.Language;

/// <summary>What is made of the rows of a group.</summary>
public enum AggregateKind
{
    Count,
    Sum,
    Min,
    Max,
    Average,

    /// <summary>A percentile by nearest rank: a value that occurs.</summary>
    Percentile,
}
