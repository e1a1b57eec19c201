using System.Collections.Immutable;
using System.Text;
using Writ.Cedar.Expressions;
using Writ.Cedar.Syntax;
using Writ.Governance.Organizations;

namespace Writ.Governance.Policies.Authoring;

/// <summary>
/// The YAML form of policies. It compiles to Cedar, and the Cedar decides: each rule is a permit, a forbid, or a permit and a discharged
/// forbid of the same scope and condition. There is no order and no first match. Pure: the same text compiles to the same text.
/// </summary>
public sealed class PolicyForm
{
    /// <summary>How a file of the form ends.</summary>
    public const string Extension = ".yaml";

    /// <summary>What is added to the name of a file for the Cedar that it compiles to.</summary>
    public const string CompiledSuffix = ".cedar";

    private static readonly ImmutableArray<string> Keys = ["name", "description", "on", "rules"];

    private PolicyForm(string name, string cedar, ImmutableArray<PolicyProblem> problems, ImmutableArray<PolicyProblem> warnings) =>
        (Name, Cedar, Problems, Warnings) = (name, cedar, problems, warnings);

    /// <summary>The name that the file gives itself, the first part of the names of its rules.</summary>
    public string Name { get; }

    /// <summary>What it compiles to; empty where there are problems.</summary>
    public string Cedar { get; }

    /// <summary>Everything wrong with it, each with its place.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; }

    /// <summary>What is sound, and may mean something else than was thought.</summary>
    public ImmutableArray<PolicyProblem> Warnings { get; }

    /// <summary>Compiles a file.</summary>
    /// <param name="path">Its path inside the bundle, for places.</param>
    /// <param name="text">What it says.</param>
    public static PolicyForm Compile(string path, string text)
    {
        var problems = ImmutableArray.CreateBuilder<PolicyProblem>();
        void Report(YamlValue at, string message) => problems.Add(new PolicyProblem(path, at.Line, at.Column, message));

        if (YamlDocument.Read(path, text, problems.Add) is not { } value || FormMap.Of(value, "the file", Keys, Report) is not { } form)
            return Refused(problems);
        var name = form.Required("name");
        if (name is not null && !Slug.IsValid(name.Value))
            Report(name, $"'name': expected {Slug.Rule}");
        _ = form.Text("description");
        var on = Selector.Read(form.Value("on"), value, Report);
        var rules = FormRules.Read(form.Value("rules"), value, Report);
        if (problems.Count > 0 || name is null || on is null)
            return Refused(problems);

        var cedar = Write(path, name.Value, on, rules);
        problems.AddRange(CompiledForms.Check(path, cedar));
        return problems.Count > 0 ? Refused(problems) : new PolicyForm(name.Value, cedar, [], [.. FirstMatchThinking.Warnings(path, rules)]);
    }

    /// <summary>The files of the form in the folder of a bundle; cases under <c>tests/</c> are none.</summary>
    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Replace('\\', '/').StartsWith("tests/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static PolicyForm Refused(ImmutableArray<PolicyProblem>.Builder problems) => new("", "", problems.ToImmutable(), []);

    private static string Write(string path, string name, Expr on, ImmutableArray<FormRule> rules)
    {
        var text = new StringBuilder($"// Compiled from {path}, which is what people edit. This is what decides.\n");
        foreach (var rule in rules)
        {
            text.Append(FormattableString.Invariant($"\n{CompiledForms.PlaceMark}{path}:{rule.Place.Line}:{rule.Place.Column}\n"));
            if (rule.Decision != FormDecision.Deny)
                WritePolicy(text, "permit", [("id", $"{name}/{rule.Name}")], on, rule.Condition);
            foreach (var (word, annotations) in rule.Forbids)
            {
                var reason = rule.Reason ?? $"Rule {rule.Name} of {name}";
                WritePolicy(text, "forbid", [("id", $"{name}/{rule.Name}/{word}"), .. annotations, ("reason", reason)], on, rule.Condition);
            }
        }

        return text.ToString();
    }

    private static void WritePolicy(StringBuilder text, string effect, IEnumerable<(string Key, string Value)> annotations, Expr on, Expr condition)
    {
        foreach (var (key, value) in annotations)
            text.Append('@').Append(key).Append('(').Append(CedarText.Print(new LiteralExpr(value))).Append(")\n");
        text.Append(effect).Append(" (principal, action in Writ::Action::\"tool/call\", resource is Writ::Tool)\n");
        text.Append("when { ").Append(CedarText.Print(on)).Append(" }\n");
        text.Append("when { ").Append(CedarText.Print(condition)).Append(" };\n");
    }
}
