namespace Writ.Governance.Policies.Linting;

/// <summary>Something about a rule that Cedar does not say.</summary>
/// <param name="Check">The check's stable name, such as <c>never-applies</c>; docs/policy-lint.md explains each.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Rule">The rule, as <c>bundle/rule</c>; empty where the file is meant.</param>
/// <param name="File">The file inside the bundle.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Column">From 1; 0 where the whole line is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record LintFinding(string Check, LintSeverity Severity, string Rule, string File, int Line, int Column, string Message)
{
    internal static LintFinding On(RuledPolicy rule, string check, LintSeverity severity, string message) =>
        new(check, severity, rule.Policy.Id.Value, rule.Policy.Body.SourceName, rule.Policy.Body.Position.Line, rule.Policy.Body.Position.Column, message);
}
