using System.Collections.Immutable;
using System.Globalization;
using Writ.Cedar.Expressions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Authoring.Conditions;

namespace Writ.Governance.Policies.Authoring;

/// <summary>Reads <c>rules</c>.</summary>
internal static class FormRules
{
    private const int MaxRules = 200;
    private const int MaxName = 40;

    private static readonly ImmutableArray<string> Keys =
        ["name", "condition", "decision", "reason", "approvers", "quorum", "evidence_required", "timeout", "constraints", "remedy"];

    /// <summary>The rules that could be read; what is wrong with the others is reported.</summary>
    public static ImmutableArray<FormRule> Read(YamlValue? value, YamlValue form, Action<YamlValue, string> report)
    {
        if (value is not YamlValue.List { Items.Length: > 0 and <= MaxRules } list)
        {
            report(value ?? form, $"'rules': expected a list of 1 to {MaxRules} rules, each with 'condition' and 'decision'");
            return [];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var rules = ImmutableArray.CreateBuilder<FormRule>();
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (ReadRule(list.Items[i], i + 1, report) is not { } rule)
                continue;
            if (!names.Add(rule.Name))
                report(rule.Place, $"two rules of the file are named '{rule.Name}'");
            rules.Add(rule);
        }

        return rules.ToImmutable();
    }

    private static FormRule? ReadRule(YamlValue item, int number, Action<YamlValue, string> report)
    {
        if (FormMap.Of(item, "a rule", Keys, report) is not { } map)
            return null;
        var name = number.ToString(CultureInfo.InvariantCulture);
        if (map.Text("name") is { } named)
        {
            if (named.Value.Length > MaxName || !Slug.IsValid(named.Value) || named.Value.All(char.IsAsciiDigit))
                report(named, $"'name': expected {Slug.Rule}, at most {MaxName}, and not a number alone");
            name = named.Value;
        }

        var condition = map.Required("condition") is { } text ? ReadCondition(text, report) : null;
        if (map.Required("decision") is not { } word)
            return null;
        if (FormDecisions.Parse(word.Value) is not { } decision)
        {
            report(word, $"unknown decision '{word.Value}'; expected {string.Join(", ", FormDecisions.Words)}");
            return null;
        }

        foreach (var other in Enum.GetValues<FormDecision>().SelectMany(d => d.Keys()).Where(key => !decision.Keys().Contains(key) && map.Has(key)))
            report(map.Value(other)!, $"'{other}' means nothing with {decision.Word()}");
        var forbids = decision switch
        {
            FormDecision.Allow => [],
            FormDecision.Deny => [("deny", [])],
            FormDecision.RequireApproval => [("approval", ReadApproval(map))],
            FormDecision.Remediate => [("remedy", ReadRemedy(map))],
            _ => ReadConstraints(map),
        };
        var reason = map.Text("reason")?.Value;
        return condition is null ? null : new FormRule(name, item, decision, condition, reason, forbids);
    }

    /// <summary>A place in the condition is one in the file, where the condition stands on one line.</summary>
    private static Expr? ReadCondition(YamlValue.Text text, Action<YamlValue, string> report)
    {
        if (ConditionParser.Parse(text.Value, out var fault) is { } condition)
            return condition;
        var isOneLine = !text.Value.Contains('\n', StringComparison.Ordinal);
        report(
            isOneLine ? text with { Column = text.Column + fault!.At + (text.IsPlain ? 0 : 1) } : text,
            isOneLine ? $"condition: {fault!.Message}" : $"condition, character {fault!.At + 1}: {fault.Message}");
        return null;
    }

    private static ImmutableArray<(string, string)> ReadApproval(FormMap map)
    {
        var read = ImmutableArray.CreateBuilder<(string, string)>();
        read.Add(("discharge", "approval"));
        if (!map.Has("approvers"))
            map.Report(map.Place, "REQUIRE_APPROVAL needs 'approvers': teams, people or capabilities");
        if (map.Texts("approvers") is { } approvers)
        {
            foreach (var approver in approvers.Where(a => Approvals.ApproverRule.Parse(a.Value) is null))
                map.Report(approver, $"approver '{approver.Value}': {Approvals.ApproverRule.Expected}");
            read.Add(("approvers", string.Join(", ", approvers.Select(a => a.Value))));
        }

        if (map.Text("quorum") is { } quorum)
        {
            if (!int.TryParse(quorum.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 16)
                map.Report(quorum, "'quorum': expected a whole number from 1 to 16");
            read.Add(("quorum", quorum.Value));
        }

        if (map.Flag("evidence_required"))
            read.Add(("evidence", "required"));
        if (map.Text("timeout") is { } timeout)
            read.Add(("timeout", timeout.Value));
        return read.ToImmutable();
    }

    private static ImmutableArray<(string, string)> ReadRemedy(FormMap map) =>
        map.Required("remedy") is { } remedy ? [("discharge", "remediation"), ("remedy", remedy.Value)] : [];

    private static ImmutableArray<(string, ImmutableArray<(string, string)>)> ReadConstraints(FormMap map)
    {
        if (map.Value("constraints") is not { } value)
        {
            map.Report(map.Place, "ALLOW_WITH_CONSTRAINTS needs 'constraints'");
            return [];
        }

        var read = FormConstraints.Read(value, map.Report);
        return [.. read.Select((c, i) => (
            read.Count(other => other.Kind == c.Kind) == 1 ? c.Kind : FormattableString.Invariant($"{c.Kind}-{i + 1}"),
            (ImmutableArray<(string, string)>)[("discharge", "constraint"), ("constraint", c.Text)]))];
    }
}
