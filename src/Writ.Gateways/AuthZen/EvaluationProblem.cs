namespace Writ.Gateways.AuthZen;

/// <summary>
/// Why a request was not evaluated at all (RFC 9457). It carries no <c>decision</c>: AuthZEN 1.0 keeps decisions to status 200, and what
/// was not decided is no denial that anyone could look up.
/// </summary>
internal sealed record EvaluationProblem(string Type, string Title, int Status, string Detail, string Code)
{
    public static EvaluationProblem Of(int status, string code, string detail) =>
        new($"https://writ.dev/errors/{code}", "The request was not evaluated", status, detail, code);
}
