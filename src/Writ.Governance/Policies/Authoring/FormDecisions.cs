using System.Collections.Immutable;

namespace Writ.Governance.Policies.Authoring;

/// <summary>The words of the decisions, and the keys that say more about each.</summary>
internal static class FormDecisions
{
    public static ImmutableArray<string> Words { get; } = [.. Enum.GetValues<FormDecision>().Select(d => d.Word())];

    public static string Word(this FormDecision decision) => decision switch
    {
        FormDecision.Allow => "ALLOW",
        FormDecision.AllowWithConstraints => "ALLOW_WITH_CONSTRAINTS",
        FormDecision.RequireApproval => "REQUIRE_APPROVAL",
        FormDecision.Remediate => "REMEDIATE",
        FormDecision.Deny => "DENY",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
    };

    /// <summary>Reads a word; anything else is no decision.</summary>
    public static FormDecision? Parse(string word) =>
        Enum.GetValues<FormDecision>().Where(d => d.Word() == word).Select(d => (FormDecision?)d).FirstOrDefault();

    /// <summary>The keys that mean something with a decision only.</summary>
    public static ImmutableArray<string> Keys(this FormDecision decision) => decision switch
    {
        FormDecision.AllowWithConstraints => ["constraints"],
        FormDecision.RequireApproval => ["approvers", "quorum", "evidence_required", "timeout"],
        FormDecision.Remediate => ["remedy"],
        _ => [],
    };
}
