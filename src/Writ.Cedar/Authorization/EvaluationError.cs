using Writ.Cedar.Extensions;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Authorization;

/// <summary>Why a policy could not be evaluated for a request. Immutable.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Position">The start of the expression that failed; unknown when the policy was not read from text.</param>
/// <param name="Detail">What went wrong, with the names concerned, as a clause.</param>
public sealed record EvaluationError(Policy Policy, FaultKind Kind, SourcePosition Position, string Detail)
{
    /// <summary>All of it in one line: policy, source, line, column and what went wrong.</summary>
    public string Message
    {
        get
        {
            var source = Policy.Body.SourceName;
            var place = (source, Position.IsKnown) switch
            {
                ("", false) => "",
                ("", true) => $" at {Position}",
                (_, false) => $" in {source}",
                _ => $" at {source}:{Position}",
            };
            return $"policy '{Policy.Id}'{place}: {Detail}";
        }
    }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
