using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Writ.Cedar;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Levels;

namespace Writ.Governance.Policies;

/// <summary>A bundle read as Cedar, each policy with its discharge, and everything that is wrong with it.</summary>
internal sealed record BundleCompilation(ImmutableArray<RuledPolicy> Policies, ImmutableArray<PolicyProblem> Problems, FactDeclarations Facts)
{
    // An archive never changes, and is asked about again and again: to check it, to compare it, for each snapshot and each tool that comes.
    private static readonly ConditionalWeakTable<BundleArchive, BundleCompilation> Known = [];

    /// <summary>
    /// A bundle by itself: its rules hold for those for whom it holds, wherever lower permits may count. Read once for as long as the
    /// archive lives. Thread safe.
    /// </summary>
    public static BundleCompilation Of(BundleArchive archive) => Known.GetValue(archive, Read);

    /// <summary>Bundles that hold together: permits of lower levels count inside what higher ones delegated.</summary>
    public static ImmutableArray<BundleCompilation> Of(IEnumerable<BundleArchive> together)
    {
        var archives = together.ToArray();
        var areas = new DelegatedAreas(archives.Select(a => a.Manifest));
        return [.. archives.Select(archive => Of(archive).Within(areas, HolderOf(archive)))];
    }

    private static BundleHolder HolderOf(BundleArchive archive) => BundleHolder.Of(archive.Manifest, out _) ?? new BundleHolder.Everybody();

    private BundleCompilation Within(DelegatedAreas areas, BundleHolder holder) => holder is BundleHolder.Everybody
        ? this
        : this with { Policies = [.. Policies.Select(rule => rule with { Policy = new Policy(rule.Policy.Id, areas.Limit(holder, rule.Policy.Body), rule.Policy.Link) })] };

    private static BundleCompilation Read(BundleArchive archive)
    {
        var policies = ImmutableArray.CreateBuilder<RuledPolicy>();
        var problems = ImmutableArray.CreateBuilder<PolicyProblem>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        problems.AddRange(LevelProblems.Of(archive.Manifest).Select(problem => new PolicyProblem("bundle.json", 0, 0, problem)));
        var holder = HolderOf(archive);
        var before = problems.Count;
        var facts = archive.Files.FirstOrDefault(f => f.Path == FactFile.Name) is { } declared ? FactDeclarations.Read(declared, problems) : FactDeclarations.None;
        var readable = problems.Count == before;
        foreach (var file in archive.Files.Where(file => file.Path != FactFile.Name && !CompiledForms.IsSource(file)))
        {
            if (!PolicySet.Parse(file.Text, new ParseOptions { SourceName = file.Path }).TryGet(out var set, out var diagnostics))
            {
                problems.AddRange(diagnostics.Select(d => new PolicyProblem(file.Path, d.Line, d.Column, Sentence(d))));
                continue;
            }

            foreach (var template in set.Templates)
                problems.Add(new PolicyProblem(file.Path, template.Body.Position.Line, template.Body.Position.Column, "a template decides nothing: a bundle holds policies"));
            foreach (var policy in set.Policies)
            {
                var rule = Rule(archive.Manifest, file.Path, policy, ids, problems);
                policies.Add(rule with { Policy = new Policy(rule.Policy.Id, LevelScope.For(holder, rule.Policy.Body), rule.Policy.Link) });
                if (readable)
                    FactReads.Check(policy, facts, message => problems.Add(new PolicyProblem(file.Path, policy.Body.Position.Line, policy.Body.Position.Column, message)));
            }
        }

        return new BundleCompilation(policies.ToImmutable(), problems.ToImmutable(), facts);
    }

    private static RuledPolicy Rule(
        BundleManifest manifest, string path, Policy policy, HashSet<string> ids, ImmutableArray<PolicyProblem>.Builder problems)
    {
        var at = policy.Body.Position;
        void Report(string message) => problems.Add(new PolicyProblem(path, at.Line, at.Column, message));

        var name = policy.Annotations.Find("id") is { Length: > 0 } stated ? stated : $"{path}:{at.Line}";
        var id = $"{manifest.Name}/{name}";
        if (name.Length > 128 || name.Any(char.IsControl))
            Report("@id: 1 to 128 characters without control characters");
        if (!ids.Add(id))
            Report($"two policies of the bundle are named '{name}'");
        var annotations = policy.Annotations.ToDictionary(a => a.Key, a => a.Value ?? "", StringComparer.Ordinal);
        var discharge = DischargeReader.Read(id, policy.Effect == Effect.Forbid, manifest.Tier, annotations, Report);
        if (policy.Effect == Effect.Permit && ReadsClaims(policy))
            Report("a permit reads context.claimed, or the context as a whole: what an agent says of itself can only lead to a refusal");
        return new RuledPolicy(new Policy(new PolicyId(id), policy.Body, policy.Link), discharge);
    }

    /// <summary>Whether a policy looks, or could look, at what agents say of themselves: it names it, or uses the context other than for one
    /// attribute of another name.</summary>
    public static bool ReadsClaims(Policy policy) =>
        policy.Body.Expressions.Sum(e => e switch
        {
            VariableExpr { Variable: Variable.Context } => 1,
            AttributeExpr { Name: not "claimed", Target: VariableExpr { Variable: Variable.Context } } => -1,
            HasExpr { Path: [not "claimed", ..], Target: VariableExpr { Variable: Variable.Context } } => -1,
            _ => 0,
        }) > 0;

    private static string Sentence(Diagnostic diagnostic)
    {
        var bare = new Diagnostic("", default, diagnostic.Message) { Expected = diagnostic.Expected, Found = diagnostic.Found, Pointer = diagnostic.Pointer };
        return bare.ToString();
    }
}
