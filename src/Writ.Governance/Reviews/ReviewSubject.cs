using System.Globalization;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Registry;

namespace Writ.Governance.Reviews;

/// <summary>What a review is of, as one digest: who attests says what they looked at, and anybody sees whether it is still that.</summary>
public static class ReviewSubject
{
    /// <summary>SHA-256 over what a person looks at, in hexadecimal: an array of arrays, one text a field, so that no two things read alike.</summary>
    public static string DigestOf(OrganizationState state, Agent agent, ReviewKind kind)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agent);
        using var writer = new JcsWriter();
        writer.BeginArray();
        writer.String(kind.ToString().AsSpan());
        foreach (var row in kind switch
        {
            ReviewKind.Permissions => Permissions(state, agent),
            ReviewKind.Instructions => Instructions(agent),
            _ => Tools(state, agent),
        })
            Write(writer, row);
        writer.EndArray();
        return Hash256.Of(writer.Written).ToHex();
    }

    private static void Write(JcsWriter writer, string?[] row)
    {
        writer.BeginArray();
        foreach (var field in row)
        {
            if (field is null)
                writer.Null();
            else
                writer.String(field.AsSpan());
        }

        writer.EndArray();
    }

    private static IEnumerable<string?[]> Permissions(OrganizationState state, Agent agent)
    {
        foreach (var grant in agent.Grants.Select(grant => grant.ToString()).Order(StringComparer.Ordinal))
            yield return ["grant", grant];
        foreach (var key in state.AgentKeys.Values.Where(key => key.Agent == agent.Id && !key.Revoked).Select(key => key.KeyId).Order(StringComparer.Ordinal))
            yield return ["key", key];
        foreach (var credential in state.AgentCredentials.ById.Values.Where(one => one.Agent == agent.Id && !one.Revoked).Select(one => one.Id).Order(StringComparer.Ordinal))
            yield return ["credential", credential];
        foreach (var consent in agent.Consents.Values.Where(consent => consent.AcceptedBy is not null))
            yield return ["consent", $"{consent.Id}", consent.Who.ToString(), consent.Right.ToString(), .. consent.Skills];
        yield return ["visibility", agent.Visibility.ToString()];
        yield return ["ceiling", Number(agent.TaskCeiling?.Calls), Number(agent.TaskCeiling?.NanoUsd)];
    }

    private static IEnumerable<string?[]> Instructions(Agent agent)
    {
        var version = agent.Versions.GetValueOrDefault(agent.Version);
        yield return ["version", agent.Version];
        yield return ["model", agent.Model, version?.Provider];
        yield return ["prompt", version?.PromptHash, Number(version?.PromptNumber)];
        foreach (var parameter in version?.Parameters ?? AgentOrigin.NoClaims)
            yield return ["parameter", parameter.Key, parameter.Value];
        yield return ["card", agent.Card?.Description];
        foreach (var skill in agent.Card?.Skills ?? [])
        {
            yield return ["skill", skill.Id, skill.Name, skill.Description];
            yield return ["tags", .. skill.Tags];
            yield return ["tools", .. skill.Tools.Select(tool => tool.ToString())];
        }

        foreach (var one in agent.Card?.Interfaces ?? [])
            yield return ["interface", one.Url, one.Binding, one.Version];
    }

    private static IEnumerable<string?[]> Tools(OrganizationState state, Agent agent) =>
        from server in state.ServersBySlug.Values
        from tool in server.Tools
        where agent.Grants.Any(grant => grant.Covers(server.Slug, tool.Key))
        orderby server.Slug.ToString(), tool.Key
        select new[] { "tool", server.Slug.ToString(), tool.Key, tool.Value.Definition?.Digest.ToHex() };

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
