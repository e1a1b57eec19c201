namespace Writ.Governance.Policies.Remote;

/// <summary>Where a decision point may be asked.</summary>
internal static class DecisionPointUrl
{
    /// <summary>What is wrong with a URL; null when it can be asked. A secret in it would stand in every record, so it may not have one.</summary>
    public static string? Problem(DecisionPointKind kind, string text) =>
        text.Length > DecisionPoint.MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            ? $"an absolute https URL of at most {DecisionPoint.MaxUrlLength} characters"
        : url.UserInfo.Length > 0 ? "it carries a user name or password: put the credential in the environment and name its secret_header"
        : url.Query.Length > 0 || url.Fragment.Length > 0 || text.Contains('?') || text.Contains('#') ? "it has a query or a fragment, and may have none"
        : kind == DecisionPointKind.Opa && !(url.AbsolutePath.IndexOf("/v1/data/", StringComparison.Ordinal) is var at and >= 0 && at + "/v1/data/".Length < url.AbsolutePath.Length)
            ? "the document to ask for, such as https://opa.example/v1/data/agents/allow"
        : kind == DecisionPointKind.AuthZen && url.AbsolutePath == "/" ? "the evaluation endpoint, such as https://pdp.example/access/v1/evaluation"
        : null;
}
