using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>A rule that does not hold. The message is put together only for the one failure that is reported.</summary>
internal sealed class Failure(Datum at, string keyword, string expected)
{
    public Datum At { get; } = at;

    public string Keyword { get; } = keyword;

    public string Message => $"{expected}, found {At.Describe()}";

    /// <summary>How deep in the instance it happened: of several alternatives, the one that got furthest explains most.</summary>
    public int Depth
    {
        get
        {
            var depth = 0;
            for (var at = At.Parent; at is not null; at = at.Parent)
                depth++;
            return depth;
        }
    }
}
