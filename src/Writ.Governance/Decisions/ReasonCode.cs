namespace Writ.Governance.Decisions;

/// <summary>A stable code and the sentence that agents may see. Neither says a rule, a threshold or an approver.</summary>
/// <param name="Code"><c>WRIT</c> and four digits; never reused. docs/errors.md has an entry for each.</param>
/// <param name="AgentMessage">The sentence.</param>
public sealed record ReasonCode(string Code, string AgentMessage)
{
    public override string ToString() => Code;
}
