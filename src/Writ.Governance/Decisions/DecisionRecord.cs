using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.Approvals;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>
/// The leaf a decision leaves: who, what, why, under which policy, with which limits. What the agent wrote is not in it, only the
/// commitment to the sealed payload that is. Written for every decision, refusals included, before a door acts.
/// </summary>
internal readonly struct DecisionRecord
{
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
    public required string Subject { get; init; }

    public required Commitment Commitment { get; init; }

    /// <summary>Writes the record. Keys stand in canonical order; a wrong order is a bug that the writer reports.</summary>
    public void WriteTo(JcsWriter writer)
    {
        var request = Walk.Request;
        var (facts, tool) = (request.Facts, request.Tool);
        writer.BeginObject();
        writer.Member("action"u8, tool?.ActionName ?? "unknown");
        writer.Member("agent"u8, facts.Agent.Id.Value);
        writer.Member("agent_version"u8, facts.Agent.Version);
        if (Details.Held is not null || Details.Used is not null)
            WriteApproval(writer);
        writer.Member("assurance"u8, facts.Assurance);
        writer.Member("at"u8, Timestamp.ToMicroseconds(facts.Time));
        if (tool?.Classification is { } classified)
            writer.Member("capability"u8, classified.Capability);
        if (Details.Reason is { } reason)
            writer.Member("code"u8, reason.Code);
        writer.Member("commitment"u8, Commitment.Hash);
        if (!Details.Constraints.IsEmpty)
            writer.Member("constraints"u8, Details.Constraints.Items);
        writer.Member("credential"u8, facts.Credential);
        if (tool?.Definition is { } definition)
            writer.Member("definition"u8, definition.Digest);

        if (Details.Detail is { } detail)
            writer.Member("detail"u8, Cut(detail));
        writer.Member("door"u8, DoorWord(facts.Door));
        if (tool?.Classification is { } effect)
            writer.Member("effect"u8, effect.Effect.Word());
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
        writer.Member("organization"u8, facts.Organization.ToString());
        writer.Member("outcome"u8, Outcome.Word());
        writer.Member("owner"u8, facts.Agent.Owner.ToString());
        if (!Walk.Answers.IsEmpty)
            WriteAnswers(writer);
        if (Details.Remedy is { } remedy)
            writer.Member("remedy"u8, remedy.Tool);
        if (tool?.Classification is { } risk)
            writer.Member("risk_tags"u8, risk.RiskTags.AsSpan());
        var fitting = FittingRules();
        writer.Member("rules"u8, Rules.AsSpan(0, fitting));
        if (fitting < Rules.Length)
            writer.Member("rules_omitted"u8, Rules.Length - fitting);
        writer.Member("snapshot"u8, request.Policy.Snapshot.Digest);
        if (facts.Task.StartedBy is { } starter)
            writer.Member("started_by"u8, starter.Value.ToString());
        writer.Member("subject"u8, Subject);
        writer.Member("task"u8, facts.Task.Id.Value);
        writer.Member("task_root"u8, facts.Task.Root.Value);
        writer.Member("us"u8, Walk.Elapsed.Ticks / TimeSpan.TicksPerMicrosecond);
        writer.Member("v"u8, 1);
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
            writer.Member("id"u8, Details.Used!.Value.ToString());
            writer.Member("used"u8, true);
        }

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
