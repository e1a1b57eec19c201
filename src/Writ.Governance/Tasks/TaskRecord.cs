using System.Text.Json;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Users;

namespace Writ.Governance.Tasks;

/// <summary>The leaf a task leaves when it is opened. The words it was asked for in, and the user it is for, are sealed, not here.</summary>
internal static class TaskRecord
{
    /// <summary>The format written today. Since 2, users stand by the id of their key.</summary>
    public const int Format = 2;

    /// <summary>The format of tasks of a scope or a skill, or that an agent asked for: what does not know it does not let them act.</summary>
    public const int NarrowFormat = 3;

    public static void Write(JcsWriter writer, OpenTask opened, SealedRecord? payload)
    {
        var task = opened.Standing;
        writer.BeginObject();
        writer.Member("agent"u8, task.Agent.Value);
        if (!task.AskedBy.IsEmpty)
        {
            writer.Key("asked_by"u8);
            writer.BeginArray();
            foreach (var asking in task.AskedBy)
                writer.Text(asking.Value);
            writer.EndArray();
        }

        writer.Member("at"u8, Timestamp.ToMicroseconds(task.OpenedAt));
        if (task.Claims.Any)
            writer.Member("claimed"u8, true);
        if (payload is { } made)
            writer.Member("commitment"u8, made.Commitment.Hash);
        writer.Member("credential"u8, task.Credential);
        writer.Member("id"u8, task.Id.Value);
        writer.Member("implicit"u8, task.Implicit);
        writer.Member("instance"u8, task.Instance.Value);
        writer.Member("kind"u8, "task");
        writer.Member("organization"u8, opened.Organization.ToString());
        if (task.Parent is { } parent)
            writer.Member("parent"u8, parent.Value);
        if (task.Purpose is { } purpose)
            Attested(writer, "purpose"u8, purpose.Value, purpose.Source);
        writer.Member("root"u8, task.Root.Value);
        if (task.Scope is { } scope)
        {
            writer.Key("scope"u8);
            writer.BeginArray();
            foreach (var grant in scope)
                writer.String(grant.ToString());
            writer.EndArray();
        }

        if (task.Skill is { } skill)
            Attested(writer, "skill"u8, skill.Value, skill.Source);
        if (task.StartedBy is { } starter)
            Attested(writer, "started_by"u8, starter.Value.ToString(), starter.Source);
        if (payload is { } about)
            writer.Member("subject"u8, about.Subject.Word);
        if (opened.TokenKeyId is { } keyId)
        {
            writer.Member("token_hash"u8, opened.TokenHash!);
            writer.Member("token_id"u8, keyId);
        }

        if (task.User is { } user)
        {
            writer.Key("user"u8);
            writer.BeginObject();
            writer.Member("source"u8, user.Source);
            writer.EndObject();
        }

        writer.Member("v"u8, task.Skill is not null || task.Scope is not null || !task.AskedBy.IsEmpty ? NarrowFormat : Format);
        if (task.Workflow is { } workflow)
            Attested(writer, "workflow"u8, workflow.Value, workflow.Source);
        writer.EndObject();
    }

    /// <summary>The user that a task is for, where its record names one, as in format 1; null where the name lies in the payload.</summary>
    public static string? ReadUser(JsonElement record) => record.GetProperty("user").TryGetProperty("value", out var name) ? name.GetString() : null;

    /// <summary>The user that the payload of a task names, and what a verified token said of them; null where it names none.</summary>
    public static (string User, UserFacts? Facts)? ReadUser(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.TryGetProperty("user", out var user) && user.GetString() is { } name ? (name, UserFacts.Read(document.RootElement)) : null;
    }

    /// <summary>
    /// The task, without the name of the user it is for; null where the agent claimed something when it was opened: the claims lie sealed in
    /// the vault, and a task without them could do more than before. Its token is refused from then on.
    /// </summary>
    /// <param name="record">The leaf.</param>
    /// <param name="index">Where it lies.</param>
    public static OpenTask? Read(JsonElement record, ulong index)
    {
        if (record.TryGetProperty("claimed", out _))
            return null;
        var id = new TaskId(record.GetProperty("id").GetGuid());
        var standing = new TaskStanding
        {
            Id = id,
            Root = new TaskId(record.GetProperty("root").GetGuid()),
            Parent = record.TryGetProperty("parent", out var parent) ? new TaskId(parent.GetGuid()) : null,
            Agent = new AgentId(record.GetProperty("agent").GetGuid()),
            Instance = new InstanceId(record.GetProperty("instance").GetGuid()),
            Credential = record.GetProperty("credential").GetString()!,
            Implicit = record.GetProperty("implicit").GetBoolean(),
            Purpose = Attested(record, "purpose"),
            StartedBy = Attested(record, "started_by") is { } starter ? new Attested<PersonId>(PersonId.Parse(starter.Value), starter.Source) : null,
            User = record.TryGetProperty("user", out var user) ? new Attested<string>("", user.GetProperty("source").GetString()!) : null,
            Workflow = Attested(record, "workflow"),
            Scope = record.TryGetProperty("scope", out var scope) ? [.. scope.EnumerateArray().Select(text => GrantOf(text.GetString()))] : null,
            Skill = Attested(record, "skill"),
            AskedBy = record.TryGetProperty("asked_by", out var asked) ? [.. asked.EnumerateArray().Select(one => new AgentId(one.GetGuid()))] : [],
            OpenedAt = Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()),
        };
        return new OpenTask(
            OrganizationId.Parse(record.GetProperty("organization").GetString()!),
            standing,
            record.TryGetProperty("token_id", out var tokenId) ? tokenId.GetString() : null,
            record.TryGetProperty("token_hash", out var tokenHash) ? tokenHash.GetString() : null)
        {
            UserAt = standing.User is null ? null : index,
        };
    }

    private static Grant GrantOf(string? text) =>
        Grant.TryParse(text, out var grant) ? grant! : throw new InvalidDataException($"'{text}' in the scope of a task is no grant");

    private static void Attested(JcsWriter writer, ReadOnlySpan<byte> key, string value, string source)
    {
        writer.Key(key);
        writer.BeginObject();
        writer.Member("source"u8, source);
        writer.Member("value"u8, value);
        writer.EndObject();
    }

    private static Attested<string>? Attested(JsonElement record, string name) =>
        record.TryGetProperty(name, out var attested)
            ? new Attested<string>(attested.GetProperty("value").GetString()!, attested.GetProperty("source").GetString()!)
            : null;
}
