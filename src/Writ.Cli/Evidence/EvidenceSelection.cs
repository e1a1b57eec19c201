using System.Text.Json;

namespace Writ.Cli.Evidence;

/// <summary>
/// Which records answer a question: those it names, those that refer to them later (effects, approvals, answers), and of the control log
/// what they rest on: policies whole, and agents, people, credentials, servers and definitions that they name. Records are handed over in
/// the order of their log, decisions first. Not thread safe.
/// </summary>
internal sealed class EvidenceSelection(EvidenceQuestion question)
{
    // Members whose values the control log explains.
    private static readonly string[] Explained = ["agent", "owner", "person", "started_by", "credential", "definition", "enforcer"];
    private static readonly string[] Always = ["organization.", "bundle.", "publisher-key.", "signatures.", "signing-key."];

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>The ids of what was chosen, to be told apart from what only refers to it.</summary>
    public int Decisions { get; private set; }

    /// <summary>Whether a record of the decision log belongs to it.</summary>
    public bool TakesDecision(ulong index, JsonElement record)
    {
        if (!(Asks(index, record) || record.Texts().Any(_ids.Contains)))
            return false;
        if (record.Word("id") is { } id)
            _ids.Add(id);
        if (record.Member("approval").Word("id") is { } approval)
            _ids.Add(approval);
        foreach (var name in Explained)
        {
            if (record.Word(name) is { } value)
                _named.Add(value);
        }

        if (record.Word("action")?.Split('/') is ["tool", var server, _])
            _named.Add(server);
        if (record.Word("kind") == "decision")
            Decisions++;
        return true;
    }

    /// <summary>Whether a record of the control log does.</summary>
    public bool TakesControl(JsonElement record)
    {
        var action = record.Member("action");
        return action.Word("kind") is { } kind && (Always.Any(start => kind.StartsWith(start, StringComparison.Ordinal)) || action.Texts().Any(_named.Contains));
    }

    private bool Asks(ulong index, JsonElement record) => question switch
    {
        EvidenceQuestion.OfTask task => record.Word("task") == task.Id.ToString() || record.Word("task_root") == task.Id.ToString() || IsTask(record, task.Id),
        EvidenceQuestion.OfAgent agent => record.Word("agent") == agent.Id.ToString(),
        EvidenceQuestion.OfRange range => index >= range.First && index <= range.Last,
        _ => throw new InvalidOperationException($"unknown question {question}"),
    };

    private static bool IsTask(JsonElement record, Guid task) => record.Word("kind") == "task" && (record.Word("id") == task.ToString() || record.Word("root") == task.ToString());
}
