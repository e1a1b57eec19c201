using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Governance.Tasks;

/// <summary>Opens tasks: the record first, then the task. Thread safe.</summary>
public sealed class TaskService(TaskBook book, IRecordLog log, PayloadSealer sealer, TaskTokens tokens, TimeProvider time)
{
    /// <summary>The longest request words, in characters.</summary>
    public const int MaxRequestWords = 16 * 1024;

    private readonly ConcurrentDictionary<(AgentId Agent, string Credential, string? User), Lazy<Task<TaskStanding?>>> _entering = new();

    /// <summary>Opens a task and mints its token, which is shown once; null when it could not be recorded.</summary>
    public async ValueTask<(TaskStanding Task, string Token)?> OpenAsync(OrganizationId organization, TaskOpening opening)
    {
        var minted = tokens.Mint();
        var opened = new OpenTask(organization, Stand(opening, @implicit: false), minted.KeyId, minted.SecretHash);
        return await RecordAsync(opened, opening) ? (opened.Standing, minted.Token) : null;
    }

    /// <summary>The task of a credential that named none: the one it is in, or a new one; null when that could not be recorded.</summary>
    public async ValueTask<TaskStanding?> EnterImplicitAsync(OrganizationId organization, TaskOpening opening)
    {
        if (book.FindImplicit(opening.Agent, opening.Credential, opening.User?.Value) is { } current)
            return current.Standing;
        // Calls that come at the same time are in one task, not in one each: a ceiling counts all of them.
        var key = (opening.Agent, opening.Credential, opening.User?.Value);
        var entering = _entering.GetOrAdd(key, _ => new Lazy<Task<TaskStanding?>>(() => OpenImplicitAsync(organization, opening)));
        try
        {
            return await entering.Value;
        }
        finally
        {
            _entering.TryRemove(KeyValuePair.Create(key, entering));
        }
    }

    /// <summary>The task that a token names, or null: unknown, malformed, of another credential, or too old, all alike.</summary>
    public TaskStanding? Find(string token, Agents.AgentId agent, string credential) =>
        tokens.Verify(token, keyId => book.FindByToken(keyId, agent, credential))?.Standing;

    private async Task<TaskStanding?> OpenImplicitAsync(OrganizationId organization, TaskOpening opening)
    {
        if (book.FindImplicit(opening.Agent, opening.Credential, opening.User?.Value) is { } current)
            return current.Standing;
        var opened = new OpenTask(organization, Stand(opening, @implicit: true), null, null);
        return await RecordAsync(opened, opening) ? opened.Standing : null;
    }

    private TaskStanding Stand(TaskOpening opening, bool @implicit)
    {
        var id = TaskId.New(time);
        return new TaskStanding
        {
            Id = id,
            Root = opening.Parent?.Root ?? id,
            Parent = opening.Parent?.Id,
            Agent = opening.Agent,
            Instance = opening.Parent?.Instance ?? InstanceId.New(time),
            Credential = opening.Credential,
            Implicit = @implicit,
            Purpose = opening.Purpose ?? opening.Parent?.Purpose,
            StartedBy = opening.StartedBy ?? opening.Parent?.StartedBy,
            User = opening.User ?? opening.Parent?.User,
            UserFacts = opening.User is null ? opening.Parent?.UserFacts : opening.UserFacts,
            Workflow = opening.Workflow ?? opening.Parent?.Workflow,
            Scope = TaskReach.Meet(opening.Parent?.Scope, opening.Scope),
            // What one agent asks of another begins there anew: who may ask, for what skill, and which version that is.
            Skill = opening.Skill ?? (opening.AskedBy.IsEmpty ? opening.Parent?.Skill : null),
            AskedBy = opening.AskedBy.IsEmpty ? opening.Parent?.AskedBy ?? [] : opening.AskedBy,
            Claims = opening.Claims.Over(opening.Parent is not { } above ? Claims.None : opening.AskedBy.IsEmpty ? above.Claims : above.Claims with { AgentVersion = null }),
            OpenedAt = time.GetUtcNow(),
        };
    }

    private async ValueTask<bool> RecordAsync(OpenTask opened, TaskOpening opening)
    {
        SealedRecord? payload = null;
        var standing = opened.Standing;
        if (opening.RequestWords is not null || opening.Interface is not null || standing.Claims.Any || standing.User is not null)
        {
            var subject = standing.User is { } user ? PayloadSubject.OfUser(user.Value) : PayloadSubject.OfAgent(standing.Agent);
            if (!sealer.TrySeal(opened.Organization, subject, standing.Id.Value, PayloadOf(opening, standing), out var made, out _))
                return false;
            payload = made;
        }

        using var writer = new JcsWriter();
        TaskRecord.Write(writer, opened, payload);
        if (writer.Written.Length > IRecordLog.MaxRecordBytes)
            return false;
        var receipt = await log.AppendAsync(opened.Organization, writer.WrittenMemory, payload?.Bytes ?? default, RecordClass.Ordinary);
        if (receipt.IsDurable)
            book.Add(opened);
        return receipt.IsDurable;
    }

    private static byte[] PayloadOf(TaskOpening opening, TaskStanding standing)
    {
        var words = new JsonObject { ["request"] = opening.RequestWords, ["interface"] = opening.Interface };
        if (standing.User is { } user)
            words["user"] = user.Value;
        if (standing.UserFacts is { } facts)
            words["user_facts"] = facts.ToJson();
        if (standing.Claims is { Any: true } claims)
            words["claims"] = new JsonObject { ["purpose"] = claims.Purpose, ["on_behalf_of"] = claims.OnBehalfOf, ["agent_version"] = claims.AgentVersion };
        return JsonSerializer.SerializeToUtf8Bytes(words, ArgumentsJson.Default.JsonObject);
    }
}
