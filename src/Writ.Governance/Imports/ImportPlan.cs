using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Imports;

/// <summary>
/// What importing a list comes down to: records of as many drafts as fit one, or what is wrong, by line. Where the ledger took some of a list and not
/// the rest, the same list goes on where it ended.
/// </summary>
public static class ImportPlan
{
    /// <summary>The most agents of one list.</summary>
    public const int MaxAgents = 10_000;

    private const int MaxOfARecord = 100;
    private const int MaxBytesOfARecord = 48 * 1024;

    /// <summary>The records to write; where <paramref name="problems"/> come of it, none.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="digest">SHA-256 of the list.</param>
    /// <param name="agents">The agents.</param>
    /// <param name="problems">What stands against it, by line.</param>
    public static ControlPlan Of(OrganizationState state, string digest, IReadOnlyList<ImportedAgent> agents, out ImmutableArray<(int Line, string Problem)> problems)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agents);
        var left = agents.Where(one => !IsDone(state, digest, one)).ToArray();
        problems = [.. left.Where(one => state.HasAgentNamed(one.Agent.Name)).Select(one => (one.Line, $"name: there is an agent named '{one.Agent.Name}' already, or there was"))];
        var actions = Pack(digest, left).ToArray();
        return problems.IsEmpty ? ControlPlan.Take(actions) : ControlPlan.Refuse("Names are taken.", actions.FirstOrDefault());
    }

    private static bool IsDone(OrganizationState state, string digest, ImportedAgent one) =>
        state.AgentsByName.TryGetValue(one.Agent.Name, out var id) && state.Agents[id].Origin is { Source: AgentSource.Import } origin && origin.Reference == $"{digest}:{one.Line}";

    private static IEnumerable<ControlAction> Pack(string digest, IReadOnlyList<ImportedAgent> agents)
    {
        var (packed, bytes) = (ImmutableArray.CreateBuilder<ImportedAgent>(), 0);
        foreach (var one in agents)
        {
            var length = JsonSerializer.SerializeToUtf8Bytes(one, StrictJson.Options).Length + 1;
            if (packed.Count > 0 && (packed.Count == MaxOfARecord || bytes + length > MaxBytesOfARecord))
            {
                yield return new AgentsImported(digest, packed.ToImmutable());
                packed.Clear();
                bytes = 0;
            }

            packed.Add(one);
            bytes += length;
        }

        if (packed.Count > 0)
            yield return new AgentsImported(digest, packed.ToImmutable());
    }
}
