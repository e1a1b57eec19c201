using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Authoring.Conditions;

namespace Writ.Governance.Policies.Importing;

/// <summary>
/// Imports <c>apiVersion: governance.toolkit/v1</c> into the YAML form. Exact where the source decides by "deny overrides"; a pair of
/// rules that priorities decide between is a conflict for a person, and what cannot be carried is said, and denies where it restricted.
/// </summary>
public static class ToolkitImport
{
    private const string Version = "governance.toolkit/v1";

    private static readonly string[] Keys = ["apiVersion", "version", "name", "description", "scope", "default_action", "rules"];

    /// <summary>Translates a file.</summary>
    /// <param name="path">Its name, for problems.</param>
    /// <param name="text">What it says.</param>
    public static ImportResult Read(string path, string text)
    {
        var problems = new List<PolicyProblem>();
        var notes = new List<ImportNote>();
        void Note(ImportNoteKind kind, YamlValue at, string message) => notes.Add(new ImportNote(kind, at.Line, at.Column, message));

        if (YamlDocument.Read(path, text, problems.Add) is not { } document)
            return Refused(problems);
        if (document is not YamlValue.Map map || Word(map, "apiVersion") != Version || map.Find("rules")?.Value is not YamlValue.List { Items: var items })
        {
            problems.Add(new PolicyProblem(path, document.Line, document.Column, $"expected a mapping with 'apiVersion: {Version}' and a list 'rules'"));
            return Refused(problems);
        }

        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key)))
            Note(ImportNoteKind.NotCarried, entry.Value, $"the key '{entry.Key}', which the source ignores");
        if (Word(map, "scope") is { } scope && !scope.Equals("global", StringComparison.OrdinalIgnoreCase))
            Note(ImportNoteKind.Note, map.Find("scope")!.Value, $"the scope '{scope}' selects nothing in the source: the rules are about every agent, there and here");
        var rules = items.Select(item => ToolkitRules.Read(item, Note)).OfType<ToolkitRule>().ToList();
        notes.AddRange(Conflicts(rules));
        if (Default(map, Note) is { } otherwise)
            rules.Add(otherwise);
        if (rules.Count == 0)
            Note(ImportNoteKind.NotCarried, document, "no rule is left: nothing is permitted");

        var name = SlugOf(Word(map, "name") ?? "imported", "imported");
        return new ImportResult(name, rules.Count == 0 ? "" : Write(path, name, rules, notes), [.. notes.OrderBy(note => note.Line)], []);
    }

    /// <summary>A text as YAML and JSON both read it.</summary>
    internal static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>What no rule matches is denied in both, unless the source says otherwise.</summary>
    private static ToolkitRule? Default(YamlValue.Map map, Action<ImportNoteKind, YamlValue, string> note)
    {
        switch (Word(map, "default_action")?.ToLowerInvariant())
        {
            case null or "deny":
                return null;
            case "allow" or "warn" or "log":
                note(ImportNoteKind.Note, map.Find("default_action")!.Value, "what no rule matches is allowed: one rule permits everything");
                return new ToolkitRule("default", map, int.MinValue, FormDecision.Allow, "true", [], "What no other rule is about");
            case var other:
                note(ImportNoteKind.NotCarried, map.Find("default_action")!.Value, $"the default '{other}': what no rule matches is denied");
                return null;
        }
    }

    /// <summary>Pairs of which the source lets the milder one decide, by its priority or because it stands first, and Writ the stricter.</summary>
    private static IEnumerable<ImportNote> Conflicts(List<ToolkitRule> rules)
    {
        var ordered = rules.OrderByDescending(rule => rule.Priority).Select(rule => (Rule: rule, Condition: ConditionParser.Parse(rule.Condition, out _))).ToArray();
        for (var second = 1; second < ordered.Length; second++)
        {
            for (var first = 0; first < second; first++)
            {
                var (winner, loser) = (ordered[first], ordered[second]);
                if (winner.Rule.Decision >= loser.Rule.Decision || winner.Condition is null || loser.Condition is null || FirstMatchThinking.Exclude(winner.Condition, loser.Condition))
                    continue;
                yield return new ImportNote(
                    ImportNoteKind.Conflict, loser.Rule.Place.Line, loser.Rule.Place.Column, string.Create(
                        CultureInfo.InvariantCulture,
                        $"where rules '{winner.Rule.Name}' (line {winner.Rule.Place.Line}, priority {winner.Rule.Priority}, {winner.Rule.Decision.Word()}) and '{loser.Rule.Name}' (line {loser.Rule.Place.Line}, priority {loser.Rule.Priority}, {loser.Rule.Decision.Word()}) both match, the source may let the first decide; here the second does"));
            }
        }
    }

    private static string Write(string path, string name, List<ToolkitRule> rules, List<ImportNote> notes)
    {
        var text = new StringBuilder($"# Imported from {OneLine(path)} ({Version}).\n");
        foreach (var note in notes.Where(note => note.Kind != ImportNoteKind.Note))
            text.Append(CultureInfo.InvariantCulture, $"# {(note.Kind == ImportNoteKind.Conflict ? "CONFLICT" : "NOT CARRIED")}, line {note.Line}: {OneLine(note.Message)}\n");
        text.Append(CultureInfo.InvariantCulture, $"name: {name}\non:\n  - action: \"tool/call\"\nrules:\n");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - name: {Unique(SlugOf(rule.Name, "rule"), names)}\n");
            text.Append(CultureInfo.InvariantCulture, $"    condition: {Quote(rule.Condition)}\n    decision: {rule.Decision.Word()}\n");
            foreach (var line in rule.More)
                text.Append("    ").Append(line).Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"    reason: {Quote(rule.Reason.Length <= 500 ? rule.Reason : rule.Reason[..500])}\n");
        }

        return text.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
            unique = FormattableString.Invariant($"{name}-{number}");
        return unique;
    }

    /// <summary>At most 32 characters, so that a number still fits behind it.</summary>
    private static string SlugOf(string name, string otherwise)
    {
        var slug = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        slug = slug.Length > 32 ? slug[..32].TrimEnd('-') : slug;
        return Slug.IsValid(slug) ? slug.All(char.IsAsciiDigit) ? $"{otherwise}-{slug}" : slug : otherwise;
    }

    private static string? Word(YamlValue.Map map, string key) => map.Find(key)?.Value is YamlValue.Text { Value.Length: > 0 } text ? text.Value : null;

    private static ImportResult Refused(List<PolicyProblem> problems) => new("", "", [], [.. problems]);
}
