namespace Writ.Governance.Querying.Answers;

/// <summary>What came of a query.</summary>
public abstract record QueryResult
{
    private QueryResult()
    {
    }

    /// <summary>Here is the answer.</summary>
    public sealed record Answered(QueryAnswer Answer) : QueryResult;

    /// <summary>There is none.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="Detail">For people: what to do.</param>
    public sealed record Refused(QueryRefusal Cause, string Detail) : QueryResult;
}
