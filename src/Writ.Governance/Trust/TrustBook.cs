using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Trust;

/// <summary>
/// How far every agent is trusted, by what Writ's own doors saw: a fold of the decision log, and of nothing else (T48). Read from its beginning,
/// the log gives the same scores bit for bit, whatever ran side by side when it was written. Thread safe.
/// </summary>
public sealed class TrustBook : IFoldState
{
    private readonly ConcurrentDictionary<(OrganizationId Organization, AgentId Agent), TrustConduct> _agents = new();

    /// <summary>The agent with the score that policies read now.</summary>
    /// <param name="agent">As the registry has it.</param>
    /// <param name="assurance">What the credential of the call proves.</param>
    public Agent Judge(Agent agent, string assurance)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var ceiling = TrustVector.CeilingOf(assurance, agent);
        return _agents.TryGetValue((agent.Organization, agent.Id), out var conduct) ? conduct.Judge(agent, ceiling) : agent.Trust == TrustVector.Neutral ? agent : agent with { Trust = TrustVector.Neutral };
    }

    /// <summary>How an agent stands, for people.</summary>
    /// <param name="agent">As the registry has it.</param>
    /// <param name="assurance">What its credential proves.</param>
    public TrustVector Of(Agent agent, string assurance)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var conduct = _agents.GetValueOrDefault((agent.Organization, agent.Id)) ?? new TrustConduct();
        return conduct.Vector(TrustVector.CeilingOf(assurance, agent));
    }

    /// <summary>Takes a decision that is recorded.</summary>
    internal void Decided(Walk walk, Outcome outcome, ReasonCode? reason, ReadOnlySpan<string> rules)
    {
        var (request, facts) = (walk.Request, walk.Request.Facts);
        if (facts.Door != Door.FactLookup)
            Decided(facts.Organization, facts.Agent.Id, request.Id, facts.Time, outcome, reason?.Code, rules is [TrustEvent.RuleOfTrust], request.Tool?.Classification?.Effect);
    }

    /// <summary>Takes an effect that is recorded.</summary>
    internal void Settled(Dispatch dispatch, EffectStatus status, DateTimeOffset at)
    {
        if (dispatch.Agent is not { } agent)
            return;
        if (TrustEvent.OfAction(status) is { } action)
            Find(dispatch.Organization, agent).Add(action, dispatch.Decision, at);
        if (TrustEvent.OfEffect(status) is { } effect)
            Find(dispatch.Organization, agent).Add(effect, dispatch.Decision, at);
    }

    /// <summary>Takes a person's answer that is recorded.</summary>
    internal void Answered(OrganizationId organization, AgentId agent, DecisionId decision, bool approved, DateTimeOffset at) =>
        Find(organization, agent).Add(TrustEvent.OfAnswer(approved), decision, at);

    /// <summary>Takes a decision from the log.</summary>
    internal void Replay(OrganizationId organization, JsonElement record)
    {
        if (record.GetProperty("door").ValueEquals("facts"u8) || !record.TryGetProperty("outcome", out var word))
            return;
        var rules = record.TryGetProperty("rules", out var named) ? named : default;
        Decided(
            organization,
            new AgentId(record.GetProperty("agent").GetGuid()),
            new DecisionId(record.GetProperty("id").GetGuid()),
            Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()),
            word.ValueEquals("ALLOW"u8) ? Outcome.Allow : word.ValueEquals("ALLOW_WITH_CONSTRAINTS"u8) ? Outcome.AllowWithConstraints : Outcome.Deny,
            record.TryGetProperty("code", out var code) ? code.GetString() : null,
            rules.ValueKind == JsonValueKind.Array && rules.GetArrayLength() == 1 && rules[0].ValueEquals(TrustEvent.RuleOfTrust),
            record.TryGetProperty("effect", out var effect) && EffectClasses.TryParse(effect.GetString(), out var read) ? read : null);
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        var agents = _agents.OrderBy(a => a.Key.Organization.ToString(), StringComparer.Ordinal).ThenBy(a => a.Key.Agent.Value).ToArray();
        writer.Number(agents.Length);
        foreach (var ((organization, agent), conduct) in agents)
        {
            writer.Text(organization.ToString());
            writer.Id(agent.Value);
            conduct.WriteTo(writer);
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        for (var agents = reader.Count(); agents > 0; agents--)
            _agents[(OrganizationId.Parse(reader.Text()), new AgentId(reader.Id()))] = TrustConduct.Read(reader);
    }

    private void Decided(
        OrganizationId organization, AgentId agent, DecisionId decision, DateTimeOffset at, Outcome outcome, string? code, bool onlyByTrust, EffectClass? effect)
    {
        if (outcome is Outcome.Allow or Outcome.AllowWithConstraints)
            Find(organization, agent).Permit(effect is EffectClass.Fetch, effect is not (null or EffectClass.Read or EffectClass.Fetch), at);
        else if (TrustEvent.OfDecision(code, onlyByTrust) is { } said)
            Find(organization, agent).Add(said, decision, at);
    }

    private TrustConduct Find(OrganizationId organization, AgentId agent) => _agents.GetOrAdd((organization, agent), _ => new TrustConduct());
}
