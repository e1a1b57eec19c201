using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Writ.Cedar;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>
/// All active bundles of an organization, compiled together, over the entities of its tools. The digest names the bundles and the
/// vocabulary: the same digest, request and facts give the same verdict anywhere, at any time. Immutable, thread safe.
/// </summary>
public sealed class Snapshot
{
    private readonly PolicySet _policies;
    private readonly Compiled _compiled;
    private readonly SparePool<EvaluationBuffer> _buffers = new();
    private readonly FrozenDictionary<PolicyId, RuledPolicy> _ruled;
    private readonly UsualVerdicts _usual;
    private readonly EntityStore _entities;
    private readonly bool _readsClaims;
    private readonly FactDeclarations _read;
    private readonly FrozenDictionary<string, ToolTerms> _tools;

    // One entry an agent of the organization, replaced when the agent changes. Filled as agents act; what is in it follows from its key.
    private readonly ConcurrentDictionary<AgentId, AgentTerms> _agents = new();

    private Snapshot(
        Hash256 digest, string? fault, PolicySet policies, IEnumerable<RuledPolicy> ruled, EntityStore entities, IEnumerable<Tool> tools, FactDeclarations facts)
    {
        Digest = digest;
        Fault = fault;
        _policies = policies;
        _compiled = Compiled.Of(policies);
        _ruled = ruled.ToFrozenDictionary(r => r.Policy.Id);
        _usual = new UsualVerdicts(policies, _ruled);
        _entities = entities;
        NamedFacts = facts;
        _read = FactReads.Needed(facts, policies.Policies);
        _tools = tools.Select(t => new ToolTerms(t, _read)).ToFrozenDictionary(t => t.Tool.ActionName, StringComparer.Ordinal);
        _readsClaims = policies.Policies.Any(BundleCompilation.ReadsClaims);
    }

    /// <summary>SHA-256 over the vocabulary's version and the name and digest of every bundle.</summary>
    public Hash256 Digest { get; }

    /// <summary>The facts that the bundles declare.</summary>
    public FactDeclarations NamedFacts { get; }

    /// <summary>Why the snapshot could not be compiled and refuses everything; null when it was.</summary>
    public string? Fault { get; }

    /// <summary>Compiles bundles that were checked before they were published. What fails all the same refuses everything.</summary>
    public static Snapshot Compile(OrganizationId organization, IEnumerable<PublishedBundle> bundles, IEnumerable<Server> servers)
    {
        var sorted = bundles.OrderBy(b => b.Name, StringComparer.Ordinal).ToArray();
        var digest = DigestOf(sorted);
        var compiled = sorted.Zip(BundleCompilation.Of(sorted.Select(b => b.Archive)), (bundle, compilation) => (Bundle: bundle, Compilation: compilation)).ToArray();
        if (compiled.FirstOrDefault(c => !c.Compilation.Problems.IsEmpty) is { Bundle: { } broken } failed)
            return Broken(digest, $"bundle {broken.Name}: {failed.Compilation.Problems[0]}");

        var facts = FactDeclarations.Join(compiled.Select(c => c.Compilation.Facts), out var clash);
        if (clash is not null)
            return Broken(digest, clash);
        var ruled = compiled.SelectMany(c => c.Compilation.Policies).ToArray();
        if (!PolicySet.Create(ruled.Select(r => r.Policy)).TryGet(out var policies, out var diagnostics))
            return Broken(digest, diagnostics[0].ToString());
        var known = servers.ToArray();
        return EntityStore.Create(Vocabulary.Standing(organization, known)) is EntityStoreResult.Built built
            ? new Snapshot(digest, null, policies, ruled, built.Store, known.SelectMany(s => s.Tools.Values).Where(t => t.Obstacle is null), facts)
            : Broken(digest, "the registry's tools do not form a hierarchy");
    }

    /// <summary>What the policies say about an action with these arguments. Pure: nothing is read but what is passed.</summary>
    internal Verdict Judge(Facts facts, Tool tool, Arguments arguments)
    {
        if (Fault is not null)
            return Verdict.Deny(ReasonCodes.PolicyFailed, Fault, []);
        if (_policies.Policies.IsEmpty)
            return Verdict.Deny(ReasonCodes.NoSnapshot, "no bundle is published", []);
        if (TermsOf(facts.Agent) is not { } agent)
            return Verdict.Deny(ReasonCodes.PolicyFailed, "the agent's entities contradict the registry's", []);

        var terms = TermsOf(tool);
        if (!_readsClaims || !(facts.Claims.Any || facts.Task.Claims.Any))
            return Decide(facts, terms, arguments, agent);

        var evaluation = Evaluate(facts, terms, arguments, agent, withClaims: false);
        // A claim can only lead to a refusal: what is permitted must be so without it, what is forbidden with or without it is forbidden.
        var claimed = Evaluate(facts, terms, arguments, agent, withClaims: true);
        return VerdictFold.Fold(
            [.. evaluation.Permits.Intersect(claimed.Permits)],
            [.. evaluation.Forbids.Union(claimed.Forbids)],
            [.. evaluation.Errors.Concat(claimed.Errors).DistinctBy(e => e.Policy.Id)],
            _ruled);
    }

    /// <summary>
    /// Whether some arguments could be allowed: a permit's scope covers the tool, and no hard forbid without conditions does. Errs on
    /// the side of showing a tool whose every call is then refused; never hides one that could be called.
    /// </summary>
    public bool CouldAllow(Agent agent, Tool tool)
    {
        if (Fault is not null || TermsOf(agent) is not { } principal)
            return false;
        var (action, resource) = (Vocabulary.Action(tool.ActionName), Vocabulary.Tool(tool.Server, tool.Name));
        var inScope = _policies.Policies.Where(p => ScopeMatch.Covers(p, principal.Uid, action, resource, principal.Entities)).ToArray();
        return inScope.Any(p => p.Effect == Effect.Permit)
            && !inScope.Any(p => p.Effect == Effect.Forbid && p.Conditions.IsEmpty && _ruled[p.Id].Discharge is Discharge.None);
    }

    /// <summary>What the policies would be asked about an action; null where none is asked.</summary>
    internal Inquiry? Inquire(Facts facts, Tool tool, Arguments arguments)
    {
        if (Fault is not null || TermsOf(facts.Agent) is not { } agent)
            return null;
        var terms = TermsOf(tool);
        Request Ask(bool withClaims) =>
            new(agent.Uid, terms.Action, terms.Resource, ActionContext.Build(facts, terms, agent, arguments, withClaims));
        var bare = Ask(withClaims: false);
        return new Inquiry(_readsClaims && (facts.Claims.Any || facts.Task.Claims.Any) ? Ask(withClaims: true) : bare, EntitiesOf(facts, agent), bare);
    }

    /// <summary>The named facts of an action with these arguments.</summary>
    internal IEnumerable<NamedFact> FactsOf(Facts facts, Tool tool, Arguments arguments) => TermsOf(tool).Facts is { IsEmpty: false } plan ? plan.All(arguments, facts.LookedUp) : [];

    /// <summary>The policies of all bundles.</summary>
    internal PolicySet Policies => _policies;

    /// <summary>Every rule, in the order of the names.</summary>
    internal IEnumerable<RuledPolicy> Rules => _ruled.Values.OrderBy(r => r.Policy.Id.Value, StringComparer.Ordinal);

    /// <summary>Every rule, for lists.</summary>
    internal ImmutableArray<RuleSummary> RuleSummaries() => [.. Rules.Select(r => r.Summary)];

    private Verdict Decide(Facts facts, ToolTerms tool, Arguments arguments, AgentTerms agent)
    {
        var buffer = _buffers.Take();
        _compiled.Evaluate(new Request(agent.Uid, tool.Action, tool.Resource, ActionContext.Build(facts, tool, agent, arguments, withClaims: false)), EntitiesOf(facts, agent), buffer);
        var verdict = _usual.Find(buffer);
        if (verdict is null)
        {
            var evaluation = _compiled.ToEvaluation(buffer);
            verdict = VerdictFold.Fold(evaluation.Permits, evaluation.Forbids, evaluation.Errors, _ruled);
        }

        _buffers.Return(buffer);
        return verdict;
    }

    private Evaluation Evaluate(Facts facts, ToolTerms tool, Arguments arguments, AgentTerms agent, bool withClaims)
    {
        var request = new Request(agent.Uid, tool.Action, tool.Resource, ActionContext.Build(facts, tool, agent, arguments, withClaims));
        var buffer = _buffers.Take();
        _compiled.Evaluate(request, EntitiesOf(facts, agent), buffer);
        var evaluation = _compiled.ToEvaluation(buffer);
        _buffers.Return(buffer);
        return evaluation;
    }

    // A user is no other entity's name, so that the layer always fits; were it not so, nothing would be known of the user, and what asks would fail.
    private static EntityStore EntitiesOf(Facts facts, AgentTerms agent) =>
        facts.Task is { User: { } user, UserFacts: { } said } && agent.Entities.With(Vocabulary.UserEntity(user.Value, said)) is EntityStoreResult.Built built ? built.Store : agent.Entities;

    private ToolTerms TermsOf(Tool tool) =>
        _tools.TryGetValue(tool.ActionName, out var known) && ReferenceEquals(known.Tool, tool) ? known : new ToolTerms(tool, _read);

    /// <summary>Null when the agent's entities contradict those of the registry.</summary>
    private AgentTerms? TermsOf(Agent agent)
    {
        if (_agents.TryGetValue(agent.Id, out var known) && ReferenceEquals(known.Agent, agent))
            return known;
        return _entities.With(Vocabulary.Of(agent)) is EntityStoreResult.Built built ? _agents[agent.Id] = new AgentTerms(agent, built.Store) : null;
    }

    private static Snapshot Broken(Hash256 digest, string fault) => new(digest, fault, PolicySet.Empty, [], EntityStore.Empty, [], FactDeclarations.None);

    /// <summary>What the snapshot of these bundles is called, in the ordinal order of their names.</summary>
    internal static Hash256 DigestOf(IEnumerable<PublishedBundle> bundles)
    {
        var text = new StringBuilder(Vocabulary.Version);
        foreach (var bundle in bundles)
            text.Append('\n').Append(bundle.Name).Append(' ').Append(bundle.Digest);
        return Hash256.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
