using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Registry;

namespace Writ.Governance.Reviews;

/// <summary>What a review is of, as one digest: who attests says what they looked at, and anybody sees whether it is still that.</summary>
public static class ReviewSubject
{
    /// <summary>SHA-256 over what a person looks at, in hexadecimal.</summary>
    public static string DigestOf(OrganizationState state, Agent agent, ReviewKind kind)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agent);
        using var writer = new JcsWriter();
        writer.BeginArray();
        writer.String(kind.ToString().AsSpan());
        foreach (var text in kind switch
        {
            ReviewKind.Permissions => Permissions(state, agent),
            ReviewKind.Instructions => Instructions(agent),
            _ => Tools(state, agent),
        })
            writer.String(text.AsSpan());
        writer.EndArray();
        return Hash256.Of(writer.Written).ToHex();
    }

    private static IEnumerable<string> Permissions(OrganizationState state, Agent agent) =>
        agent.Grants.Select(grant => $"grant {grant}").Order(StringComparer.Ordinal)
            .Concat(state.AgentKeys.Values.Where(key => key.Agent == agent.Id && !key.Revoked).Select(key => $"key {key.KeyId}").Order(StringComparer.Ordinal))
            .Concat(state.AgentCredentials.ById.Values.Where(one => one.Agent == agent.Id && !one.Revoked).Select(one => $"credential {one.Id}").Order(StringComparer.Ordinal))
            .Concat(agent.Consents.Values.Where(consent => consent.AcceptedBy is not null).Select(consent => $"consent {consent.Id} {consent.Who} {consent.Right} {string.Join(' ', consent.Skills)}"))
            .Append($"visibility {agent.Visibility}").Append($"ceiling {agent.TaskCeiling}");

    private static IEnumerable<string> Instructions(Agent agent)
    {
        var version = agent.Versions.GetValueOrDefault(agent.Version);
        yield return $"version {agent.Version}";
        yield return $"model {agent.Model}";
        yield return $"prompt {version?.PromptHash} {version?.PromptNumber}";
        foreach (var parameter in version?.Parameters ?? AgentOrigin.NoClaims)
            yield return $"parameter {parameter.Key} {parameter.Value}";
        yield return $"card {agent.Card?.Description}";
        foreach (var skill in agent.Card?.Skills ?? [])
            yield return $"skill {skill.Id} {skill.Name} {skill.Description} {string.Join(' ', skill.Tools)}";
    }

    private static IEnumerable<string> Tools(OrganizationState state, Agent agent) =>
        from server in state.ServersBySlug.Values
        from tool in server.Tools
        where agent.Grants.Any(grant => grant.Covers(server.Slug, tool.Key))
        orderby server.Slug.ToString(), tool.Key
        select $"tool {server.Slug}/{tool.Key} {tool.Value.Definition?.Digest.ToHex()}";
}
