using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Tasks;

/// <summary>A task inside a fold snapshot. The user it is for is not in it, only where the name lies.</summary>
internal static class FoldedTask
{
    /// <summary>False where the task holds what lies in the vault alone: a user's name, or what the agent claimed.</summary>
    public static bool TryWriteTo(this OpenTask task, FoldWriter writer)
    {
        var standing = task.Standing;
        if (standing.Claims.Any || (standing.User is not null && task.UserAt is null))
            return false;
        writer.Text(task.Organization.ToString());
        writer.OptionalText(task.TokenKeyId);
        writer.OptionalText(task.TokenHash);
        writer.Id(standing.Id.Value);
        writer.Id(standing.Root.Value);
        writer.OptionalId(standing.Parent?.Value);
        writer.Id(standing.Agent.Value);
        writer.Id(standing.Instance.Value);
        writer.Text(standing.Credential);
        writer.Flag(standing.Implicit);
        writer.OptionalText(standing.Purpose?.Value);
        writer.OptionalText(standing.Purpose?.Source);
        writer.OptionalText(standing.StartedBy?.Value.ToString());
        writer.OptionalText(standing.StartedBy?.Source);
        writer.OptionalText(standing.User?.Source);
        writer.Number(task.UserAt ?? 0);
        writer.OptionalText(standing.Workflow?.Value);
        writer.OptionalText(standing.Workflow?.Source);
        writer.Time(standing.OpenedAt);
        writer.OptionalText(standing.Skill?.Value);
        writer.OptionalText(standing.Skill?.Source);
        writer.Number(standing.AskedBy.Length);
        foreach (var asking in standing.AskedBy)
            writer.Id(asking.Value);
        writer.OptionalText(standing.Scope is { } scope ? string.Join(' ', scope) : null);
        return true;
    }

    public static OpenTask Read(FoldReader reader)
    {
        var (organization, keyId, hash) = (OrganizationId.Parse(reader.Text()), reader.OptionalText(), reader.OptionalText());
        var (id, root, parent, agent, instance) = (reader.Id(), reader.Id(), reader.OptionalId(), reader.Id(), reader.Id());
        var (credential, isImplicit, purpose, starter) = (reader.Text(), reader.Flag(), Attested(reader), Attested(reader));
        var (userSource, userAt, workflow, openedAt) = (reader.OptionalText(), reader.Unsigned(), Attested(reader), reader.Time());
        var knowsAsking = reader.Format >= 2;
        var skill = knowsAsking ? Attested(reader) : null;
        var asked = knowsAsking ? reader.Many(r => new AgentId(r.Id())).ToArray() : [];
        var scope = knowsAsking ? reader.OptionalText() : null;
        var standing = new TaskStanding
        {
            Id = new TaskId(id),
            Root = new TaskId(root),
            Parent = parent is { } above ? new TaskId(above) : null,
            Agent = new AgentId(agent),
            Instance = new InstanceId(instance),
            Credential = credential,
            Implicit = isImplicit,
            Purpose = purpose,
            StartedBy = starter is null ? null : new Attested<PersonId>(PersonId.Parse(starter.Value), starter.Source),
            User = userSource is null ? null : new Attested<string>("", userSource),
            Workflow = workflow,
            Scope = scope is null ? null : [.. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Grant.TryParse(text, out var grant) ? grant! : throw new InvalidDataException($"'{text}' is no grant"))],
            Skill = skill,
            AskedBy = asked.Length == 0 ? ImmutableArray<AgentId>.Empty : [.. asked],
            OpenedAt = openedAt,
        };
        return new OpenTask(organization, standing, keyId, hash) { UserAt = userSource is null ? null : userAt };
    }

    private static Attested<string>? Attested(FoldReader reader)
    {
        var (value, source) = (reader.OptionalText(), reader.OptionalText());
        return value is null || source is null ? null : new Attested<string>(value, source);
    }
}
