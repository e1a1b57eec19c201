namespace Writ.Governance.Querying.Language;

/// <summary>What came of reading a query.</summary>
public abstract record QueryReading
{
    private QueryReading()
    {
    }

    /// <summary>It can be asked.</summary>
    public sealed record Read(RecordQuery Query) : QueryReading;

    /// <summary>It cannot.</summary>
    public sealed record Wrong(QueryProblem Problem) : QueryReading;
}
