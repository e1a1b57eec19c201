using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Governance.Decisions;
using Writ.Governance.Telemetry;
using Writ.Governance.Tools;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Indexing;

/// <summary>Every field of records that can be asked for, and the columns that hold them. The table in docs/querying.md is checked against this one.</summary>
public static class QueryFields
{
    /// <summary>Grows when a column changes its meaning or a new one is added; older blocks are then made again.</summary>
    private const int Version = 4;

    public static QueryField Kind { get; }

    public static QueryField At { get; }

    public static QueryField Id { get; }

    public static QueryField Decision { get; }

    public static QueryField Agent { get; }

    public static QueryField Owner { get; }

    public static QueryField StartedBy { get; }

    public static QueryField Approver { get; }

    public static QueryField Task { get; }

    public static QueryField TaskRoot { get; }

    public static QueryField Action { get; }

    public static QueryField Server { get; }

    public static QueryField Tool { get; }

    public static QueryField Resource { get; }

    public static QueryField Outcome { get; }

    public static QueryField Status { get; }

    public static QueryField Error { get; }

    public static QueryField DecidedIn { get; }

    public static QueryField TookTime { get; }

    public static QueryField Approval { get; }

    public static QueryField Answer { get; }

    public static QueryField WaitedTime { get; }

    public static QueryField EffectIndex { get; }

    /// <summary>All of them, in the order of their columns.</summary>
    public static ImmutableArray<QueryField> All { get; }

    /// <summary>All of them by name.</summary>
    public static FrozenDictionary<string, QueryField> ByName { get; }

    /// <summary>The columns of the index.</summary>
    public static ColumnSchema Schema { get; }

    static QueryFields()
    {
        var all = ImmutableArray.CreateBuilder<QueryField>();
        Kind = Add("kind", FieldKind.Text, "what the record is about; without it a query asks for decisions", ["decision", "effect", "approval", "task", "telemetry", "admission", "heartbeat"]);
        At = Add("at", FieldKind.Time, "when");
        Id = Add("id", FieldKind.Id, "the record's own id");
        Decision = Add("decision", FieldKind.Id, "the decision that an effect, an answer or the use of a tool belongs to; of a decision its own id");
        Agent = Add("agent", FieldKind.Text, "the agent, by id or by name");
        Add("version", FieldKind.Text, "the agent's version");
        Add("model", FieldKind.Text, "the agent's model; of a reported span the model it claims");
        Add("prompt", FieldKind.Text, "the hash of the agent's prompt");
        Owner = Add("owner", FieldKind.Text, "the person who owned the agent then");
        StartedBy = Add("started_by", FieldKind.Text, "the person whom the task was attested to be for");
        Approver = Add("approver", FieldKind.Set, "who approved what was done; of an answer, who gave it");
        Add("subject", FieldKind.Text, "whom the payload is about: user/… or agent/…");
        Task = Add("task", FieldKind.Text, "the task");
        Add("task_parent", FieldKind.Text, "the task above");
        TaskRoot = Add("task_root", FieldKind.Text, "the task at the top");
        Add("workflow", FieldKind.Text, "the workflow that the task was attested to be part of");
        Add("trace", FieldKind.Text, "the caller's trace (W3C)");
        Add("session", FieldKind.Text, "the door's session");
        Action = Add("action", FieldKind.Text, "tool/SERVER/TOOL");
        Server = Add("server", FieldKind.Text, "the server");
        Tool = Add("tool", FieldKind.Text, "the tool, as TOOL or SERVER/TOOL; of a reported span the tool it claims");
        Add("effect", FieldKind.Text, "what kind of effect the tool has", [.. Enum.GetValues<EffectClass>().Select(e => e.Word())]);
        Add("capability", FieldKind.Text, "the business ability that the tool gives");
        Add("risk", FieldKind.Set, "the tool's risk tags");
        Add("data_class", FieldKind.Set, "the classes of data that the tool touches");
        Resource = Add("resource", FieldKind.Set, "what the call is about, as KIND/ID; shown with a hash for the id");
        Add("amount", FieldKind.Amount, "the amount of money that the call moves, in the currency's own unit");
        Add("cost", FieldKind.Amount, "what the call costs by its tool's confirmed price, in US dollars");
        Outcome = Add("outcome", FieldKind.Text, "what was decided", [.. Enum.GetValues<Outcome>().Select(o => o.Word())]);
        Add("code", FieldKind.Text, "the reason of what was not allowed");
        Add("rule", FieldKind.Set, "the policies that decided, as BUNDLE/RULE or RULE");
        Add("constraint", FieldKind.Set, "the limits it was allowed with");
        Add("snapshot", FieldKind.Text, "the digest of the policies asked");
        Add("environment", FieldKind.Text, "where the agent ran");
        Add("door", FieldKind.Text, "where it came in", ["mcp", "decision-api", "facts", "replay"]);
        Add("enforcer", FieldKind.Text, "the enforcement point that was to act");
        Add("credential", FieldKind.Text, "the key id of the caller's credential");
        Add("assurance", FieldKind.Text, "how much the credential proves");
        Add("confidence", FieldKind.Count, "how sure the agent said it was, in thousandths; claimed");
        Status = Add("status", FieldKind.Text, "what then happened", [.. Enum.GetValues<EffectStatus>().Select(s => s.Word())]);
        Error = Add("error", FieldKind.Text, "a word for what went wrong");
        DecidedIn = Add("decided_in", FieldKind.Span, "how long the decision took");
        TookTime = Add("took", FieldKind.Span, "from the permission to the effect");
        Approval = Add("approval", FieldKind.Text, "the request for approval that held it or that it used");
        Answer = Add("answer", FieldKind.Text, "what people answered", ["approved", "rejected"]);
        WaitedTime = Add("waited", FieldKind.Span, "from the request for approval to the answer that settled it");
        Add("cause", FieldKind.Text, "why requests were refused before anything was decided");
        Add("refused", FieldKind.Count, "how many requests were");
        EffectIndex = Add("effect_index", FieldKind.Count, "where in the log the effect lies");
        Add("operation", FieldKind.Text, "what a reported span was; claimed", [.. SpanVocabulary.OperationWords]);
        Add("provider", FieldKind.Text, "who provided the model of a reported span; claimed");
        Add("input_tokens", FieldKind.Count, "the tokens that went in; claimed");
        Add("output_tokens", FieldKind.Count, "the tokens that came out; claimed");
        Add("permit", FieldKind.Text, "whether a decision permitted the use of a tool that a span reports", ["found", "missing"]);
        Add("trust", FieldKind.Count, "how far the agent was trusted then, 0 to 1000");
        Add("chain", FieldKind.Set, "the links of the delegation chain that it came under, by the hashes of their tokens");
        Add("chain_depth", FieldKind.Count, "how often authority was handed on before it");
        Add("chain_principal", FieldKind.Text, "the person who is accountable for the chain");
        All = all.ToImmutable();
        ByName = All.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        Schema = new ColumnSchema(Version, [.. All.Select(f => new Column(f.Name, ColumnKindOf(f.Kind)))]);

        QueryField Add(string name, FieldKind kind, string meaning, ImmutableArray<string> words = default)
        {
            all.Add(new QueryField(name, kind, meaning) { Column = all.Count, Words = words.IsDefault ? [] : words });
            return all[^1];
        }
    }

    private static ColumnKind ColumnKindOf(FieldKind kind) => kind switch
    {
        FieldKind.Text => ColumnKind.Text,
        FieldKind.Set => ColumnKind.Set,
        FieldKind.Id => ColumnKind.Id,
        _ => ColumnKind.Number,
    };
}
