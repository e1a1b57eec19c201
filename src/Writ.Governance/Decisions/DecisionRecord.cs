using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Governance.Tools;
using Writ.Identity.Delegation;

namespace Writ.Governance.Decisions;

/// <summary>
/// The leaf a decision leaves: who, what, why, under which policy, with which limits. What the agent wrote is not in it, only the
/// commitment to the sealed payload that is. Written for every decision, refusals included, before a door acts.
/// </summary>
internal readonly struct DecisionRecord
{
    /// <summary>The format written today. Since 2, users stand by the id of their key, and what a query asks for stands in members of its own.</summary>
    public const int Format = 2;

    /// <summary>The longest detail, in characters.</summary>
    public const int MaxDetailLength = 1_000;

    /// <summary>The most bytes that the names of rules take, so that a refusal always fits a record.</summary>
    public const int MaxRulesBytes = 24 * 1024;

    private const int LongestUtf8 = 3;

    public required Walk Walk { get; init; }

    public required Outcome Outcome { get; init; }

    public required ImmutableArray<string> Rules { get; init; }

    public required DecisionDetails Details { get; init; }

    /// <summary>The named facts that policies were asked with.</summary>
    public ImmutableArray<NamedFact> NamedFacts { get; init; }

    /// <summary>Under whose key the payload is sealed.</summary>
    public required PayloadSubject Subject { get; init; }

    /// <summary>Commits to the whole sealed payload.</summary>
    public required Commitment Commitment { get; init; }

    /// <summary>Commits to the arguments alone, as they were asked for.</summary>
    public required Commitment Arguments { get; init; }

    /// <summary>What the call is about, as records name it.</summary>
    public ImmutableArray<string> Resources { get; init; }

    /// <summary>How many more resources there were than are named.</summary>
    public int ResourcesOmitted { get; init; }

    /// <summary>Writes the record. Keys stand in canonical order; a wrong order is a bug that the writer reports.</summary>
    public void WriteTo(JcsWriter writer)
    {
        var request = Walk.Request;
        var (facts, tool) = (request.Facts, request.Tool);
        var (classification, arguments) = (tool?.Classification, (Details.Effective ?? request.Arguments).Value);
        writer.BeginObject();
        writer.Member("action"u8, tool?.ActionName ?? "unknown");
        writer.Member("agent"u8, facts.Agent.Id.Value);
        writer.Member("agent_version"u8, facts.Agent.Version);
        if (classification?.Amount is { } moved && MoneyArgument.Read(ArgumentPath.Find(arguments, moved)) is { } amount)
        {
            writer.Key("amount"u8);
            writer.Text(amount);
        }

        if (Details.Held is not null || Details.Used is not null)
            WriteApproval(writer);
        writer.Member("arguments_commitment"u8, Arguments.Hash);
        writer.Member("assurance"u8, facts.Assurance);
        writer.Member("at"u8, Timestamp.ToMicroseconds(facts.Time));
        if (classification is not null)
            writer.Member("capability"u8, classification.Capability);
        if (Details.Ceiling is { } ceiling)
            WriteCeiling(writer, ceiling);
        if (facts.Chain?.Verified is { } chain)
            WriteChain(writer, chain);
        if (facts.Report?.ConfidencePermille is { } confidence)
            writer.Member("claimed_confidence"u8, confidence);
        if (Details.Reason is { } reason)
            writer.Member("code"u8, reason.Code);
        writer.Member("commitment"u8, Commitment.Hash);
        if (!Details.Constraints.IsEmpty)
            writer.Member("constraints"u8, Details.Constraints.Items);
        if (CostEstimate.Of(classification?.Price, arguments) is { } cost and <= JcsWriter.MaxInteger)
            writer.Member("cost_nano_usd"u8, cost);
        writer.Member("credential"u8, facts.Credential);
        if (classification is { DataClasses.IsDefaultOrEmpty: false })
            writer.Member("data_classes"u8, classification.DataClasses.AsSpan());
        if (tool?.Definition is { } definition)
            writer.Member("definition"u8, definition.Digest);
        if (Details.Detail is { } detail)
            writer.Member("detail"u8, Cut(detail));
        writer.Member("door"u8, DoorWord(facts.Door));
        if (classification is not null)
            writer.Member("effect"u8, classification.Effect.Word());
        if (Walk.Enforcer is { } enforcer)
            writer.Member("enforcer"u8, enforcer);
        writer.Member("environment"u8, facts.Agent.Environment);
        if (Details.Escalation is { } escalation)
            writer.Member("escalation"u8, escalation);
        if (!NamedFacts.IsDefaultOrEmpty)
            FactRecord.WriteTo(writer, NamedFacts, facts.Time);
        writer.Member("gates"u8, Walk.GateNames.AsSpan(0, Walk.GatesRun));
        writer.Member("id"u8, request.Id.Value);
        writer.Member("instance"u8, facts.Task.Instance.Value);
        writer.Member("kind"u8, "decision");
        writer.Member("model"u8, facts.Agent.Model);
        writer.Member("organization"u8, facts.Organization.ToString());
        writer.Member("outcome"u8, Outcome.Word());
        writer.Member("owner"u8, facts.Agent.Owner.ToString());
        if (!Walk.Answers.IsEmpty)
            WriteAnswers(writer);
        if (facts.Agent.Versions.GetValueOrDefault(facts.Agent.Version)?.PromptHash is { } prompt)
            writer.Member("prompt_hash"u8, prompt);
        if (Details.Remedy is { } remedy)
            writer.Member("remedy"u8, remedy.Tool);
        if (!Resources.IsDefaultOrEmpty)
            writer.Member("resources"u8, Resources.AsSpan());
        if (ResourcesOmitted > 0)
            writer.Member("resources_omitted"u8, ResourcesOmitted);
        if (classification is not null)
        {
            writer.Member("reversible"u8, classification.Reversible);
            writer.Member("risk_tags"u8, classification.RiskTags.AsSpan());
        }

        var fitting = FittingRules();
        writer.Member("rules"u8, Rules.AsSpan(0, fitting));
        if (fitting < Rules.Length)
            writer.Member("rules_omitted"u8, Rules.Length - fitting);
        if (tool is not null)
            writer.Member("server"u8, tool.Server.ToString());
        if (facts.Session is { } session)
            writer.Member("session"u8, session);
        writer.Member("snapshot"u8, request.Policy.Snapshot.Digest);
        if (facts.Trace is { } span)
        {
            writer.Key("span"u8);
            writer.String(span.SpanId);
        }

        if (facts.Task.StartedBy is { } starter)
            writer.Member("started_by"u8, starter.Value.ToString());
        writer.Member("subject"u8, Subject.Word);
        writer.Member("task"u8, facts.Task.Id.Value);
        if (facts.Task.Parent is { } parent)
            writer.Member("task_parent"u8, parent.Value);
        writer.Member("task_root"u8, facts.Task.Root.Value);
        if (tool is not null)
            writer.Member("tool"u8, tool.Name);
        if (facts.Trace is { } trace)
        {
            writer.Key("trace"u8);
            writer.String(trace.TraceId);
        }

        writer.Member("trust"u8, facts.Agent.Trust);
        writer.Member("us"u8, Walk.Elapsed.Ticks / TimeSpan.TicksPerMicrosecond);
        writer.Member("v"u8, Format);
        if (facts.Task.Workflow is { } workflow)
            writer.Member("workflow"u8, workflow.Value);
        writer.EndObject();
    }

    /// <summary>How many rules are named: the snapshot's digest stands for those that are not.</summary>
    private int FittingRules()
    {
        var (count, bytes) = (0, 0);
        while (count < Rules.Length && (bytes += (LongestUtf8 * Rules[count].Length) + 3) <= MaxRulesBytes)
            count++;
        return count;
    }

    private static string Cut(string detail) =>
        detail.Length <= MaxDetailLength ? detail
        : detail[..(char.IsHighSurrogate(detail[MaxDetailLength - 1]) ? MaxDetailLength - 1 : MaxDetailLength)];

    private void WriteApproval(JcsWriter writer)
    {
        writer.Key("approval"u8);
        writer.BeginObject();
        if (Details.Held is { } held)
            held.WriteMembersTo(writer);
        else
        {
            writer.Member("by"u8, Details.Used!.By);
            writer.Member("id"u8, Details.Used.Id.Value);
            writer.Member("used"u8, true);
        }

        writer.EndObject();
    }

    /// <summary>The tokens by their hashes, root first, and who is accountable for what is done under them.</summary>
    private static void WriteChain(JcsWriter writer, DelegationChain chain)
    {
        writer.Key("chain"u8);
        writer.BeginArray();
        foreach (var link in chain.Tokens)
            writer.String(link.Hash.ToHex());
        writer.EndArray();
        writer.Member("chain_depth"u8, chain.Depth);
        writer.Member("chain_principal"u8, chain.Root.Terms.Principal);
        writer.Member("chain_root"u8, chain.Root.Id);
    }

    /// <summary>What the task as a whole may use: the permitted call was counted against it.</summary>
    private static void WriteCeiling(JcsWriter writer, TaskCeiling ceiling)
    {
        writer.Key("ceiling"u8);
        writer.BeginObject();
        if (ceiling.Calls is { } calls)
            writer.Member("calls"u8, calls);
        if (ceiling.NanoUsd is { } money)
            writer.Member("nano_usd"u8, money);
        writer.EndObject();
    }

    /// <summary>Who was asked outside Writ, how each answered and how long it took: what a replay takes instead of asking again.</summary>
    private void WriteAnswers(JcsWriter writer)
    {
        writer.Key("points"u8);
        writer.BeginArray();
        foreach (var answer in Walk.Answers)
        {
            writer.BeginObject();
            writer.Member("answer"u8, answer.Word);
            writer.Member("name"u8, answer.Name);
            writer.Member("us"u8, answer.Elapsed.Ticks / TimeSpan.TicksPerMicrosecond);
            writer.EndObject();
        }

        writer.EndArray();
    }

    private static string DoorWord(Door door) => door switch
    {
        Door.Mcp => "mcp",
        Door.DecisionApi => "decision-api",
        Door.FactLookup => "facts",
        Door.Replay => "replay",
        _ => throw new ArgumentOutOfRangeException(nameof(door), door, null),
    };
}
