using System.Collections.Immutable;
using System.Globalization;
using Writ.Governance.Approvals;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Policies;

/// <summary>Reads the annotations of a policy. An error is reported, and the policy stays what Cedar makes of it: a forbid that denies.</summary>
internal static class DischargeReader
{
    private static readonly ImmutableHashSet<string> Known =
        ["id", "discharge", "approvers", "quorum", "evidence", "timeout", "by", "max_age", "constraint", "remedy", "reason", "severity", "owner", "control"];

    private static readonly ImmutableArray<string> OfDischarges = ["approvers", "quorum", "evidence", "timeout", "by", "max_age", "constraint", "remedy"];

    private static readonly ImmutableArray<string> OfPeople = ["approvers", "quorum", "evidence", "timeout"];

    private static readonly TimeSpan MaxUserAge = TimeSpan.FromHours(24);

    private const int MaxReasonLength = 500;

    private const int MaxApprovers = 32;

    private static readonly TimeSpan DefaultWithin = TimeSpan.FromMinutes(30);

    /// <param name="policyId">The id under which records name the policy.</param>
    /// <param name="isForbid">Whether it forbids; a permit has nothing to discharge.</param>
    /// <param name="tier">The tier of its bundle.</param>
    /// <param name="annotations">What stands before the policy.</param>
    /// <param name="problem">Called with each thing that is wrong.</param>
    public static Discharge Read(
        string policyId, bool isForbid, BundleTier tier, IReadOnlyDictionary<string, string> annotations, Action<string> problem)
    {
        foreach (var name in annotations.Keys.Where(name => !Known.Contains(name)))
            problem($"unknown annotation '@{name}': expected one of {string.Join(", ", Known.Order(StringComparer.Ordinal).Select(k => "@" + k))}");
        if (annotations.TryGetValue("reason", out var reason) && reason.Length > MaxReasonLength)
            problem($"@reason: at most {MaxReasonLength} characters");
        if (!annotations.TryGetValue("discharge", out var word))
        {
            foreach (var name in OfDischarges.Where(annotations.ContainsKey))
                problem($"@{name} without @discharge means nothing");
            return Discharge.None.Instance;
        }

        if (!isForbid)
            return Wrong(problem, "@discharge on a permit means nothing: only a forbid can be lifted");
        if (tier == BundleTier.Hard)
            return Wrong(problem, "@discharge in a bundle of tier 'hard': its forbids cannot be lifted");
        return word switch
        {
            "approval" when annotations.ContainsKey("by") || annotations.ContainsKey("max_age") => ReadUser(annotations, problem),
            "approval" => ReadApproval(policyId, annotations, problem),
            "constraint" => ReadConstraint(annotations, problem),
            "remediation" => ReadRemedy(annotations, problem),
            _ => Wrong(problem, $"unknown discharge '{word}': expected approval, constraint or remediation"),
        };
    }

    private static Discharge ReadApproval(string policyId, IReadOnlyDictionary<string, string> annotations, Action<string> problem)
    {
        if (!annotations.TryGetValue("approvers", out var list) || string.IsNullOrWhiteSpace(list))
            return Wrong(problem, "an approval needs @approvers: " + ApproverRule.Expected);
        var approvers = ImmutableArray.CreateBuilder<ApproverRule>();
        foreach (var text in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ApproverRule.Parse(text) is not { } rule)
                return Wrong(problem, $"approver '{text}': {ApproverRule.Expected}");
            approvers.Add(rule);
        }

        if (approvers.Count > MaxApprovers)
            return Wrong(problem, $"@approvers: at most {MaxApprovers}");
        var quorum = 1;
        if (annotations.TryGetValue("quorum", out var quorumText)
            && (!int.TryParse(quorumText, NumberStyles.None, CultureInfo.InvariantCulture, out quorum) || quorum is < 1 or > 16))
            return Wrong(problem, "@quorum: expected a whole number from 1 to 16");
        var within = DefaultWithin;
        if (annotations.TryGetValue("timeout", out var timeoutText) && !TryReadWithin(timeoutText, out within))
            return Wrong(problem, "@timeout: expected a whole number with s, m, h or d, at most 30d");
        if (annotations.TryGetValue("evidence", out var evidence) && evidence != "required")
            return Wrong(problem, "@evidence: expected \"required\"");
        return new Discharge.ByApproval(
            new ApprovalAsk(policyId, approvers.ToImmutable(), quorum, within, annotations.GetValueOrDefault("reason")) { NeedsEvidence = evidence is not null });
    }

    private static Discharge ReadUser(IReadOnlyDictionary<string, string> annotations, Action<string> problem)
    {
        if (annotations.GetValueOrDefault("by") != "user")
            return Wrong(problem, "@by: expected 'user'; people who approve are named by @approvers");
        foreach (var name in OfPeople)
        {
            if (annotations.ContainsKey(name))
                return Wrong(problem, $"@{name} beside @by(\"user\") means nothing: write two policies where both are needed");
        }

        return annotations.TryGetValue("max_age", out var text) && TryReadWithin(text, out var age) && age <= MaxUserAge
            ? new Discharge.ByUser(age)
            : Wrong(problem, "@by(\"user\") needs @max_age: expected a whole number with s, m or h, at most 24h");
    }

    private static Discharge ReadConstraint(IReadOnlyDictionary<string, string> annotations, Action<string> problem)
    {
        if (!annotations.TryGetValue("constraint", out var text))
            return Wrong(problem, "a constraint discharge needs @constraint");
        return ConstraintParser.Parse(text, out var error) is { } constraint
            ? new Discharge.ByConstraint(constraint)
            : Wrong(problem, "@constraint: " + error);
    }

    private static Discharge ReadRemedy(IReadOnlyDictionary<string, string> annotations, Action<string> problem)
    {
        if (!annotations.TryGetValue("remedy", out var text))
            return Wrong(problem, "a remediation discharge needs @remedy");
        return RemedyParser.Parse(text) is { } template
            ? new Discharge.ByRemedy(template)
            : Wrong(problem, "@remedy: " + RemedyParser.Expected);
    }

    private static bool TryReadWithin(string text, out TimeSpan within)
    {
        within = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 } * number;
        within = TimeSpan.FromSeconds(seconds);
        return seconds is > 0 and <= 30 * 86_400;
    }

    private static Discharge.None Wrong(Action<string> problem, string message)
    {
        problem(message);
        return Discharge.None.Instance;
    }
}
