using System.Text.Json;
using Writ.Governance.Decisions;

namespace Writ.Governance.Records.Checks;

/// <summary>
/// The decision log of one organization, checked record by record: what a record names has to be there, and before it. Not thread safe.
/// </summary>
/// <param name="known">What the control log made known.</param>
/// <param name="hasBeginning">False where the first records were pruned: what is not there may have been in them.</param>
internal sealed class DecisionChain(KnownThings known, bool hasBeginning = true)
{
    private readonly HashSet<Guid> _tasks = [];
    private readonly Dictionary<Guid, bool> _approvals = []; // whether it was approved
    private readonly HashSet<Guid> _used = []; // approvals; each counts once, also where what gave it was pruned
    private readonly Dictionary<Guid, bool> _decisions = []; // whether an effect is owed
    private readonly HashSet<Guid> _permits = [];
    private readonly Dictionary<Guid, string> _linked = []; // the span that a permission was linked to

    /// <summary>Effects that are still owed: actions under way, or what a crash left for the next start to settle.</summary>
    public int Owed => _decisions.Values.Count(owed => owed);

    /// <summary>Records whose payload is erased.</summary>
    public long Erased { get; private set; }

    /// <summary>What names something that a pruned record may have made known.</summary>
    public long Unproved { get; private set; }

    /// <summary>What is wrong with the next record.</summary>
    public IEnumerable<string> Check(JsonElement record)
    {
        if (Optional(record, "subject") is { } subject && known.IsErased(subject, record.GetProperty("at").GetInt64()))
            Erased++;
        return CheckKind(record);
    }

    private IEnumerable<string> CheckKind(JsonElement record) => record.GetProperty("kind").GetString() switch
    {
        "decision" => CheckDecision(record),
        "effect" => CheckEffect(record),
        "approval" => CheckAnswer(record),
        "task" => CheckTask(record),
        "telemetry" => CheckTelemetry(record),
        "admission" or "heartbeat" => [],
        var other => [$"its kind '{other}' is unknown"],
    };

    private IEnumerable<string> CheckDecision(JsonElement record)
    {
        var id = record.GetProperty("id").GetGuid();
        if (!known.HasAgent(record.GetProperty("agent").GetGuid(), Text(record, "agent_version")))
            yield return "no such agent and version was ever registered";
        if (!known.HasCredential(Text(record, "credential")))
            yield return "its credential was never issued";
        if (Optional(record, "definition") is { } definition && !known.HasDefinition(definition))
            yield return "its tool definition was never admitted";
        if (!known.HasSnapshot(Text(record, "snapshot")))
            yield return "no policies of that snapshot ever held";
        if (Optional(record, "started_by") is { } person && !known.HasPerson(person))
            yield return "whoever started its task was never added";
        if (Optional(record, "enforcer") is { } enforcer && !known.HasCredential(enforcer))
            yield return "its enforcement point was never registered";
        if (!_tasks.Contains(record.GetProperty("task").GetGuid()) && !MayBePruned())
            yield return "its task was never opened";

        var outcome = Text(record, "outcome");
        var permits = outcome == Outcome.Allow.Word() || outcome == Outcome.AllowWithConstraints.Word();
        if (record.TryGetProperty("approval", out var approval))
        {
            var request = approval.GetProperty("id").GetGuid();
            if (!permits)
                _approvals.TryAdd(request, false);
            else if (!_used.Add(request) || (!_approvals.Remove(request, out var approved) ? !MayBePruned() : !approved))
                yield return "it uses an approval that nobody gave, or that was used before";
        }

        if (permits && record.TryGetProperty("trace", out _))
            _permits.Add(id); // only these can be linked to
        if (!_decisions.TryAdd(id, permits))
            yield return "another decision has the same id";
    }

    private IEnumerable<string> CheckEffect(JsonElement record)
    {
        var decision = record.GetProperty("decision").GetGuid();
        if (!_decisions.TryGetValue(decision, out var owed))
        {
            if (!MayBePruned())
                yield return "there is no decision for it";
        }
        else if (!owed)
            yield return "its decision permitted nothing, or has an effect already";
        else
            _decisions[decision] = false;
    }

    private IEnumerable<string> CheckAnswer(JsonElement record)
    {
        var request = record.GetProperty("approval").GetGuid();
        if (!_approvals.ContainsKey(request))
        {
            if (!MayBePruned())
                yield return "nothing was held for it";
            else if (Text(record, "result") == "approved")
                _approvals[request] = true;
        }
        else if (Text(record, "result") == "approved")
            _approvals[request] = true;
        if (!known.HasPerson(Text(record, "person")))
            yield return "the person was never added";
    }

    private IEnumerable<string> CheckTask(JsonElement record)
    {
        if (record.TryGetProperty("parent", out var parent) && !_tasks.Contains(parent.GetGuid()) && !MayBePruned())
            yield return "the task above it was never opened";
        if (!known.HasCredential(Text(record, "credential")))
            yield return "its credential was never issued";
        _tasks.Add(record.GetProperty("id").GetGuid());
    }

    /// <summary>What an agent reports of itself has to be somebody's, and what it is linked to has to have permitted something, once.</summary>
    private IEnumerable<string> CheckTelemetry(JsonElement record)
    {
        if (!known.HasCredential(Text(record, "credential")))
            yield return "its credential was never issued";
        if (!_tasks.Contains(record.GetProperty("task").GetGuid()) && !MayBePruned())
            yield return "its task was never opened";
        if (!record.TryGetProperty("decision", out var decision))
            yield break;
        if (_decisions.ContainsKey(decision.GetGuid()) ? !_permits.Contains(decision.GetGuid()) : !MayBePruned())
            yield return "its decision is not there, or permitted nothing";
        else if (!_linked.TryAdd(decision.GetGuid(), Text(record, "span")) && _linked[decision.GetGuid()] != Text(record, "span"))
            yield return "its decision is linked to another span";
    }

    private bool MayBePruned()
    {
        if (!hasBeginning)
            Unproved++;
        return !hasBeginning;
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private static string? Optional(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
