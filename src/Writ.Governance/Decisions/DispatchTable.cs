using System.Collections.Concurrent;
using Writ.Governance.Agents;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>
/// The permitted actions whose effect is still owed. Settling one is a compare-and-set: of a door that reports, a time-out that
/// gives up and a start that finds it open, exactly one writes the effect. Thread safe.
/// </summary>
public sealed class DispatchTable(TimeProvider time) : IFoldState
{
    private readonly ConcurrentDictionary<DecisionId, Dispatch> _open = new();

    /// <summary>How many effects are owed.</summary>
    public int Count => _open.Count;

    /// <summary>Enters an action whose permitting decision is durable.</summary>
    internal Dispatch Open(ActionRequest request, string? enforcer, in RecordedDecision recorded)
    {
        var dispatch = new Dispatch(
            request.Id,
            request.Facts.Organization,
            recorded.Subject,
            request.Tool?.Classification?.Effect ?? EffectClass.Execute,
            time.GetUtcNow(),
            enforcer)
        {
            Agent = request.Facts.Door == Door.FactLookup ? null : request.Facts.Agent.Id,
            Recording = recorded.Took,
        };
        _open[dispatch.Decision] = dispatch;
        return dispatch;
    }

    /// <summary>Enters an action that a recorded decision permitted.</summary>
    public void Replay(Dispatch dispatch) => _open[dispatch.Decision] = dispatch;

    /// <summary>Takes the duty to record an effect; true for exactly one caller.</summary>
    public bool TryTake(DecisionId decision, out Dispatch dispatch) => _open.TryRemove(decision, out dispatch!);

    /// <summary>What is owed for a decision, without taking it.</summary>
    public Dispatch? Find(DecisionId decision) => _open.GetValueOrDefault(decision);

    /// <summary>Everything owed since before a moment.</summary>
    public IReadOnlyList<Dispatch> OpenSince(DateTimeOffset before) => [.. _open.Values.Where(d => d.DispatchedAt < before)];

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        var owed = _open.Values.OrderBy(d => d.Decision.Value).ToArray();
        writer.Number(owed.Length);
        foreach (var dispatch in owed)
        {
            writer.Id(dispatch.Decision.Value);
            writer.Text(dispatch.Organization.ToString());
            if (!writer.TrySubject(dispatch.Subject))
                return false;
            writer.Number((long)dispatch.Effect);
            writer.Time(dispatch.DispatchedAt);
            writer.OptionalText(dispatch.Enforcer);
            writer.OptionalId(dispatch.Agent?.Value);
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        for (var owed = reader.Count(); owed > 0; owed--)
        {
            Replay(new Dispatch(
                new DecisionId(reader.Id()),
                OrganizationId.Parse(reader.Text()),
                reader.Subject(),
                (EffectClass)reader.Number(),
                reader.Time(),
                reader.OptionalText()) { Agent = reader.OptionalId() is { } agent ? new AgentId(agent) : null });
        }
    }
}
