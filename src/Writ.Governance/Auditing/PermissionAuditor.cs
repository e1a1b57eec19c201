using System.Collections.Immutable;
using System.Globalization;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Governance.Registry;

namespace Writ.Governance.Auditing;

/// <summary>
/// Compares what an agent holds with what the index of records says it used. What was refused used nothing: an agent that only runs into
/// walls needs no grant for it. It asks; nothing is changed.
/// </summary>
public static class PermissionAuditor
{
    /// <summary>How long something may lie idle.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    // As many actions as there can be grants, on every day of the window; the index itself bounds its groups.
    private const int MostRows = 100_000;

    /// <summary>The audit, or why the records cannot be asked now.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="index">The index of the organization's decisions; null where nothing is recorded yet.</param>
    /// <param name="scope">What the reader reads.</param>
    /// <param name="names">What agents are called.</param>
    /// <param name="now">UTC.</param>
    /// <param name="refused">Why there is no answer.</param>
    public static PermissionAudit? Make(
        OrganizationState state, Agent agent, RecordIndex? index, ReaderScope scope, IRecordNames names, DateTimeOffset now, out QueryResult.Refused? refused)
    {
        var used = $"agent = {agent.Id} and outcome in (ALLOW, ALLOW_WITH_CONSTRAINTS)";
        // What came under a chain was another's authority and needed no grant of its own; the credential was used all the same.
        var own = $"{used} and not has chain";
        var lately = $"{own} and at >= {(now - Window).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}";
        refused = null;
        if (Ask($"{own} {ActionUse.Grouped}", out refused) is not { } ever
            || Ask($"{lately} group by action, day", out refused) is not { } days
            || Ask($"{used} group by credential show count, max(at)", out refused) is not { } keys)
            return null;

        var uses = ever.Select(ActionUse.Of).ToArray();
        var daysOf = days.ToLookup(row => (string)row.Values[0]!, row => row.Values[1]!, StringComparer.Ordinal);
        var nobody = !state.IsLive(agent.Owner) && (agent.BackupOwner is not { } backup || !state.IsLive(backup));
        var grants = agent.Grants.Select(grant => Of(grant, agent.Granted.GetValueOrDefault(grant), uses, daysOf, state, nobody, now)).ToImmutableArray();
        var held = state.AgentKeys.Values.Where(key => key.Agent == agent.Id && !key.Revoked && !key.Suspended && key.ExpiresAt > now)
            .Select(key => (Id: key.KeyId, key.ExpiresAt, Since: key.ExpiresAt - CredentialIssuer.KeyLife))
            .Concat(state.AgentCredentials.ById.Values.Where(one => one.Agent == agent.Id && one.IsInForce(now)).Select(one => (one.Id, one.ExpiresAt, Since: one.CreatedAt)));
        var credentials = held.OrderBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => Of(one.Id, one.ExpiresAt, one.Since, keys.FirstOrDefault(row => (string?)row.Values[0] == one.Id), now)).ToImmutableArray();
        return new PermissionAudit(agent.Id, now, scope.Since, grants, credentials, Proposed(grants, now));

        ImmutableArray<AnswerRow>? Ask(string text, out QueryResult.Refused? why)
        {
            why = null;
            if (RecordQuery.Parse(text, names) is not QueryReading.Read { Query: var query })
                throw new InvalidOperationException($"the audit's own query is wrong: {text}");
            var asked = scope.Within(query) with { Limit = MostRows };
            switch (index?.Ask(asked) ?? new QueryResult.Answered(RecordIndex.Nothing(asked)))
            {
                case QueryResult.Answered { Answer: var answer }:
                    return answer.Rows;
                case QueryResult.Refused no:
                    why = no;
                    return null;
                default:
                    throw new InvalidOperationException();
            }
        }
    }

    private static GrantUse Of(Grant grant, GrantOrigin? origin, ActionUse[] uses, ILookup<string, object> daysOf, OrganizationState state, bool nobody, DateTimeOffset now)
    {
        var under = uses.Where(use => use.IsUnder(grant)).ToArray();
        var tools = under.Where(use => now - use.Last < Window).Select(use => use.Tool).Order(StringComparer.Ordinal).ToImmutableArray();
        var (last, held) = (under.Length == 0 ? (DateTimeOffset?)null : under.Max(use => use.Last), origin is null || now - origin.At >= Window);
        var findings = ImmutableArray.CreateBuilder<GrantFinding>();
        if (last is null && held)
            findings.Add(GrantFinding.NeverUsed);
        else if (last is { } at && held && now - at >= Window)
            findings.Add(GrantFinding.Unused);
        else if (grant.Tool == Grant.EveryTool && held && (state.Server(grant.Server)?.Tools.Keys.Except(tools, StringComparer.Ordinal).Any() ?? false))
            findings.Add(GrantFinding.WiderThanUsed);
        if (nobody)
            findings.Add(GrantFinding.NobodyAnswers);
        return new GrantUse(
            grant, origin, last, under.SelectMany(use => daysOf[use.Action]).Distinct().Count(), under.Sum(use => use.Calls), under.Min(use => use.Least), under.Max(use => use.Most), tools, findings.ToImmutable());
    }

    private static CredentialUse Of(string id, DateTimeOffset expiresAt, DateTimeOffset since, AnswerRow? row, DateTimeOffset now)
    {
        var last = row?.Values[2] as DateTimeOffset?;
        return new CredentialUse(
            id, expiresAt, last, row?.Values[1] as long? ?? 0,
            now - since < Window ? [] : last is null ? [GrantFinding.NeverUsed] : now - last >= Window ? [GrantFinding.Unused] : []);
    }

    private static ImmutableArray<Grant> Proposed(ImmutableArray<GrantUse> grants, DateTimeOffset now) =>
    [
        .. grants.SelectMany(use =>
            use.Origin is { } origin && now - origin.At < Window ? [use.Grant]
            : use.Grant.Tool == Grant.EveryTool && use.Findings.Contains(GrantFinding.WiderThanUsed) ? use.Tools.Select(tool => new Grant(use.Grant.Server, tool))
            : use.LastUsed is { } last && now - last < Window ? [use.Grant]
            : Enumerable.Empty<Grant>()).Distinct(),
    ];
}
