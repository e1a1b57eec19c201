namespace Writ.Governance.Querying.Language;

/// <summary>Why a query cannot be asked.</summary>
/// <param name="Position">Where, in characters from 0.</param>
/// <param name="Message">What is wrong there, what was expected, what was probably meant.</param>
public sealed record QueryProblem(int Position, string Message)
{
    public override string ToString() => $"at {Position + 1}: {Message}";
}
