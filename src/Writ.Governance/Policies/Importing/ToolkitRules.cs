using System.Globalization;
using Writ.Governance.Approvals;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Importing;

/// <summary>Reads the rules of a file of <c>governance.toolkit/v1</c>, and says of each what cannot be carried.</summary>
internal static class ToolkitRules
{
    private static readonly string[] Keys = ["name", "description", "condition", "action", "priority", "enabled", "approvers", "limit"];

    public static ToolkitRule? Read(YamlValue item, Action<ImportNoteKind, YamlValue, string> note)
    {
        if (item is not YamlValue.Map map)
        {
            note(ImportNoteKind.NotCarried, item, $"a rule is {item.Kind}; expected a mapping");
            return null;
        }

        var name = Word(map, "name") ?? "(without a name)";
        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key)))
            note(ImportNoteKind.NotCarried, Place(entry), $"rule '{name}': the key '{entry.Key}', which the source ignores");
        if (Word(map, "enabled") is { } enabled && enabled != "true")
        {
            note(enabled == "false" ? ImportNoteKind.Note : ImportNoteKind.NotCarried, item, $"rule '{name}' is not enabled and is left out");
            return null;
        }

        var priority = 0;
        if (Word(map, "priority") is { } text && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out priority))
            note(ImportNoteKind.NotCarried, item, $"rule '{name}': the priority '{text}'");
        var condition = Word(map, "condition") ?? "";
        if (ToolkitCondition.Translate(condition, out var obstacle) is not { } translated)
        {
            var at = map.Find("condition")?.Value ?? item;
            if (Word(map, "action")?.ToLowerInvariant() is "allow" or "warn" or "log")
            {
                note(ImportNoteKind.NotCarried, at, $"rule '{name}' as a whole, for its condition '{condition}': {obstacle}");
                return null;
            }

            // What restricted must not be lost: the import is never looser than what it was made of.
            note(ImportNoteKind.NotCarried, at, $"rule '{name}', for its condition '{condition}': {obstacle}; it denies everything here until a person has written it");
            return new ToolkitRule(name, item, priority, FormDecision.Deny, "true", [], Word(map, "description") ?? $"Imported rule '{name}'");
        }

        var more = new List<string>();
        var decision = Decision(map, name, more, note);
        return new ToolkitRule(name, item, priority, decision, translated, more, Word(map, "description") ?? $"Imported rule '{name}'");
    }

    private static FormDecision Decision(YamlValue.Map map, string name, List<string> more, Action<ImportNoteKind, YamlValue, string> note)
    {
        var word = Word(map, "action") ?? "deny";
        var at = map.Find("action")?.Value ?? map;
        switch (word.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal))
        {
            case "allow":
                return FormDecision.Allow;
            case "deny":
                return FormDecision.Deny;
            case "warn" or "log":
                note(ImportNoteKind.Note, at, $"rule '{name}': '{word}' allows there and here; every decision is recorded anyway");
                return FormDecision.Allow;
            case "requireapproval":
                return Approval(map, name, more, note);
            case "ratelimit":
                return Rate(map, name, more, note);
            default:
                note(ImportNoteKind.NotCarried, at, $"rule '{name}': the action '{word}', which denies here until a person has looked");
                return FormDecision.Deny;
        }
    }

    /// <summary>An approver of another kind of name is left out, which makes an approval harder; where none is left, the rule denies.</summary>
    private static FormDecision Approval(YamlValue.Map map, string name, List<string> more, Action<ImportNoteKind, YamlValue, string> note)
    {
        var approvers = new List<string>();
        foreach (var item in map.Find("approvers")?.Value is YamlValue.List list ? list.Items : [])
        {
            if (item is YamlValue.Text { Value: var approver } && ApproverRule.Parse(approver) is not null)
                approvers.Add(approver);
            else
                note(ImportNoteKind.NotCarried, item, $"rule '{name}': the approver {(item is YamlValue.Text text ? $"'{text.Value}'" : item.Kind)}: {ApproverRule.Expected}");
        }

        if (approvers.Count == 0)
        {
            note(ImportNoteKind.NotCarried, map, $"rule '{name}' requires approval and has no approver that can be carried: it denies here until a person names one");
            return FormDecision.Deny;
        }

        more.Add($"approvers: [{string.Join(", ", approvers.Select(ToolkitImport.Quote))}]");
        return FormDecision.RequireApproval;
    }

    private static FormDecision Rate(YamlValue.Map map, string name, List<string> more, Action<ImportNoteKind, YamlValue, string> note)
    {
        var limit = Word(map, "limit");
        var parts = limit?.Split('/', StringSplitOptions.TrimEntries);
        var span = parts is [_, var unit] ? unit switch { "second" => "1s", "minute" => "1m", "hour" => "1h", "day" => "1d", _ => null } : null;
        var text = span is null ? "" : $"rate {parts![0]} per {span} by agent";
        if (ConstraintParser.Parse(text, out var error) is null)
        {
            note(ImportNoteKind.NotCarried, map, $"rule '{name}': the limit '{limit}', {error}; the rule denies here until a person has looked");
            return FormDecision.Deny;
        }

        more.Add($"constraints: {{ rate: {ToolkitImport.Quote(text["rate ".Length..])} }}");
        return FormDecision.AllowWithConstraints;
    }

    private static YamlValue.Text Place(YamlEntry entry) => new(entry.Key, true, entry.Line, entry.Column);

    private static string? Word(YamlValue.Map map, string key) => map.Find(key)?.Value is YamlValue.Text { Value.Length: > 0 } text ? text.Value : null;
}
