using System.Text;

namespace Writ.Governance.Querying.Indexing;

/// <summary>The members of records that the index reads, in the order in which canonical JSON has them.</summary>
internal static class RecordMembers
{
    public static readonly RecordMember[] InOrder = [.. new[]
    {
        Special("action", MemberReading.Action),
        Of("agent", "agent"),
        Of("agent_version", "version"),
        Of("amount", "amount", MemberReading.Amount),
        Special("answer", MemberReading.Answer),
        Special("approval", MemberReading.Approval),
        Of("assurance", "assurance"),
        Special("at", MemberReading.At),
        Of("capability", "capability"),
        Of("cause", "cause"),
        Of("chain", "chain", MemberReading.Set),
        Of("chain_depth", "chain_depth", MemberReading.Number),
        Of("chain_principal", "chain_principal"),
        Of("claimed_confidence", "confidence", MemberReading.Number),
        Of("claimed_error", "error"),
        Of("claimed_input_tokens", "input_tokens", MemberReading.Number),
        Of("claimed_model", "model"),
        Of("claimed_operation", "operation"),
        Of("claimed_output_tokens", "output_tokens", MemberReading.Number),
        Of("claimed_provider", "provider"),
        Of("claimed_tool", "tool"),
        Of("code", "code"),
        Of("constraints", "constraint", MemberReading.Set),
        Of("cost_nano_usd", "cost", MemberReading.Number),
        Of("count", "refused", MemberReading.Number),
        Of("credential", "credential"),
        Of("data_classes", "data_class", MemberReading.Set),
        Special("decision", MemberReading.Decision),
        Of("door", "door"),
        Of("effect", "effect"),
        Of("enforcer", "enforcer"),
        Of("environment", "environment"),
        Special("error", MemberReading.Error),
        Special("id", MemberReading.Id),
        Special("kind", MemberReading.Kind),
        Of("model", "model"),
        Special("outcome", MemberReading.Outcome),
        Of("owner", "owner"),
        Of("parent", "task_parent"),
        Of("permit", "permit"),
        Special("person", MemberReading.Person),
        Of("prompt_hash", "prompt"),
        Of("resources", "resource", MemberReading.Set),
        Special("result", MemberReading.Result),
        Of("risk_tags", "risk", MemberReading.Set),
        Special("root", MemberReading.Root),
        Of("rules", "rule", MemberReading.Set),
        Of("server", "server"),
        Of("session", "session"),
        Of("snapshot", "snapshot"),
        Of("started_by", "started_by"),
        Special("status", MemberReading.Status),
        Of("subject", "subject"),
        Of("task", "task"),
        Of("task_parent", "task_parent"),
        Of("task_root", "task_root"),
        Of("tool", "tool"),
        Of("trace", "trace"),
        Of("trust", "trust", MemberReading.Number),
        Special("us", MemberReading.Microseconds),
        Of("workflow", "workflow"),
    }.OrderBy(m => Encoding.UTF8.GetString(m.Name), StringComparer.Ordinal)];

    private static RecordMember Of(string name, string field, MemberReading reads = MemberReading.Text) =>
        new(Encoding.UTF8.GetBytes(name), QueryFields.ByName[field].Column, reads);

    private static RecordMember Special(string name, MemberReading reads) => new(Encoding.UTF8.GetBytes(name), -1, reads);
}
