using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Writ.Cedar.Entities;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Policies;

/// <summary>
/// Policies and templates with distinct ids. Immutable and safe for any number of readers. The order of the policies never changes a
/// decision.
/// </summary>
public sealed class PolicySet
{
    private const int MaxProblems = 50;

    private readonly FrozenDictionary<PolicyId, Policy> _policies;
    private readonly FrozenDictionary<PolicyId, Template> _templates;

    private PolicySet(ImmutableArray<Policy> policies, ImmutableArray<Template> templates)
    {
        Policies = policies;
        Templates = templates;
        _policies = policies.ToFrozenDictionary(policy => policy.Id);
        _templates = templates.ToFrozenDictionary(template => template.Id);
    }

    /// <summary>The set without policies, which denies everything.</summary>
    public static PolicySet Empty { get; } = new([], []);

    /// <summary>The policies, linked ones included, in the order of the source.</summary>
    public ImmutableArray<Policy> Policies { get; }

    /// <summary>The templates, in the order of the source. They decide nothing by themselves.</summary>
    public ImmutableArray<Template> Templates { get; }

    /// <summary>Reads policies and templates in Cedar's syntax. Refused as a whole when any of it is malformed.</summary>
    /// <param name="text">The source.</param>
    /// <param name="options">Limits, the source's name and how ids are given; the default options when null.</param>
    public static ParseResult<PolicySet> Parse(string text, ParseOptions? options = null) => PolicyParser.Parse(text, options ?? ParseOptions.Default);

    /// <summary>Reads policies and templates in Cedar's syntax from UTF-8, with or without a byte order mark.</summary>
    /// <param name="utf8">The source; bytes that are not UTF-8 are refused with their offset.</param>
    /// <param name="options">Limits, the source's name and how ids are given; the default options when null.</param>
    public static ParseResult<PolicySet> Parse(ReadOnlySpan<byte> utf8, ParseOptions? options = null) => PolicyParser.Parse(utf8, options ?? ParseOptions.Default);

    /// <summary>Makes a set. Refused when two of the policies and templates have the same id, or a link's template is not here; at most 50 such faults are told.</summary>
    public static ParseResult<PolicySet> Create(IEnumerable<Policy> policies, IEnumerable<Template>? templates = null)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ImmutableArray<Policy> allPolicies = [.. policies];
        ImmutableArray<Template> allTemplates = [.. templates ?? []];
        var ids = new HashSet<PolicyId>();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var (id, body) in allTemplates.Select(template => (template.Id, template.Body)).Concat(allPolicies.Select(policy => (policy.Id, policy.Body))))
        {
            if (!ids.Add(id) && problems.Count < MaxProblems)
                problems.Add(new Diagnostic(body.SourceName, body.Position, $"the policy id '{id}' is used twice"));
        }

        var templateIds = allTemplates.Select(template => template.Id).ToHashSet();
        foreach (var policy in allPolicies)
        {
            if (policy.Link is { } link && !templateIds.Contains(link.TemplateId) && problems.Count < MaxProblems)
                problems.Add(new Diagnostic(policy.Body.SourceName, policy.Body.Position, $"policy '{policy.Id}' is linked from template '{link.TemplateId}', which is not in the set"));
        }

        return problems.Count > 0
            ? new ParseResult<PolicySet>.Failure(problems.DrainToImmutable())
            : new ParseResult<PolicySet>.Success(new PolicySet(allPolicies, allTemplates));
    }

    /// <summary>Joins sets. Refused when an id is used in two of them.</summary>
    public static ParseResult<PolicySet> Merge(params IEnumerable<PolicySet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        PolicySet[] all = [.. sets];
        return Create(all.SelectMany(set => set.Policies), all.SelectMany(set => set.Templates));
    }

    /// <summary>Adds a policy that is made of a template by filling its slots. Refused when the template is not here, its slots are not exactly those filled, or the id is taken.</summary>
    public ParseResult<PolicySet> Link(PolicyId templateId, PolicyId id, EntityUid? principal = null, EntityUid? resource = null)
    {
        if (!TryGetTemplate(templateId, out var template))
            return ParseResult<PolicySet>.Refuse(new Diagnostic("", default, $"there is no template '{templateId}' to link as '{id}'"));
        return template.Link(id, principal, resource) switch
        {
            ParseResult<Policy>.Success linked => Create(Policies.Add(linked.Value), Templates),
            ParseResult<Policy>.Failure failure => new ParseResult<PolicySet>.Failure(failure.Diagnostics),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Gets a policy; false when there is none of that id.</summary>
    public bool TryGetPolicy(PolicyId id, [NotNullWhen(true)] out Policy? policy) => _policies.TryGetValue(id, out policy);

    /// <summary>Gets a template; false when there is none of that id.</summary>
    public bool TryGetTemplate(PolicyId id, [NotNullWhen(true)] out Template? template) => _templates.TryGetValue(id, out template);

    /// <summary>All templates and then all policies in Cedar's syntax; linked policies with their slots filled. Ids are not part of the text.</summary>
    public override string ToString() => CedarText.Print(this);
}
