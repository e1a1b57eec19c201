using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Users;

namespace Writ.Governance.Telemetry;

/// <summary>
/// Records what agents report of themselves as what it is: unverified evidence. It is linked to tasks and to what permitted it where Writ's own
/// records bear that out, and decides nothing. Thread safe.
/// </summary>
public sealed class TelemetryService(TaskService tasks, TaskBook book, TraceLinks links, IRecordLog log, PayloadSealer sealer, TimeProvider time)
{
    // The ledger flushes them together; more at once would only hold more memory.
    private const int AtOnce = 100;

    /// <summary>Records spans, one record each. Completes when they are durable.</summary>
    /// <param name="caller">An agent, whose spans they are, or an enforcement point, whose spans name the agent in <c>gen_ai.agent.id</c>.</param>
    /// <param name="taskToken">The task that all of them belong to; without one each belongs to the task of its trace, else to the implicit one.</param>
    /// <param name="spans">At most <see cref="SpanLimits.Spans"/>.</param>
    public async ValueTask<TelemetryOutcome> RecordAsync(Caller caller, string? taskToken, IReadOnlyList<ReportedSpan> spans)
    {
        var parents = spans.Where(s => s.Parent is not null).GroupBy(s => s.Span).ToDictionary(s => s.Key, s => s.First().Parent!.Value);
        var (rejected, problem) = (0, (string?)null);
        foreach (var chunk in spans.Chunk(AtOnce))
        {
            var (writers, appends) = (new List<JcsWriter>(chunk.Length), new List<Task<RecordReceipt>>(chunk.Length));
            try
            {
                foreach (var span in chunk)
                {
                    if (AgentOf(caller, span) is not { } agent)
                    {
                        Reject("it names no agent that this enforcement point speaks for in gen_ai.agent.id");
                        continue;
                    }

                    var trace = new TraceKey(agent.Id, span.Trace);
                    var (task, refused) = await TaskOfAsync(caller, agent, trace, taskToken);
                    if (task is null)
                        return refused ? new TelemetryOutcome.TaskRefused() : new TelemetryOutcome.NotRecorded("the task could not be recorded");
                    var payload = TelemetryPayload.Of(span);
                    if (payload.Length > SpanLimits.PayloadBytes)
                    {
                        Reject($"it holds {payload.Length} bytes, more than {SpanLimits.PayloadBytes}");
                        continue;
                    }

                    var id = Guid.CreateVersion7(time.GetUtcNow());
                    var subject = task.User is { } user ? PayloadSubject.OfUser(user.Value) : PayloadSubject.OfAgent(agent.Id);
                    if (!sealer.TrySeal(caller.Organization.Id, subject, id, payload.Span, out var made, out var fault))
                        return new TelemetryOutcome.NotRecorded(fault);
                    var meaning = SpanVocabulary.Read(span);
                    var writer = new JcsWriter();
                    writers.Add(writer);
                    new TelemetryRecord
                    {
                        Id = id,
                        Organization = caller.Organization.Id,
                        Agent = agent.Id,
                        Credential = caller.KeyId,
                        Task = task,
                        Decision = meaning is { IsTool: true, Tool: { } tool } ? links.Take(caller.Organization.Id, trace, tool, span.Span, parents) : null,
                        At = time.GetUtcNow(),
                        Span = span,
                        Meaning = meaning,
                        Payload = made,
                    }.WriteTo(writer);
                    appends.Add(log.AppendAsync(caller.Organization.Id, writer.WrittenMemory, made.Bytes, RecordClass.Ordinary).AsTask());
                }

                foreach (var receipt in await Task.WhenAll(appends))
                {
                    if (receipt.Fault is { } fault)
                        return new TelemetryOutcome.NotRecorded(fault);
                }
            }
            finally
            {
                // However it ends: what was handed to the log is the log's until it has answered.
                await Task.WhenAll(appends);
                writers.ForEach(writer => writer.Dispose());
            }
        }

        return new TelemetryOutcome.Taken(rejected, problem);

        void Reject(string why)
        {
            rejected++;
            problem ??= why;
        }
    }

    /// <summary>Whose span it is. An agent speaks for itself, whatever its spans say.</summary>
    private static Agent? AgentOf(Caller caller, ReportedSpan span) => caller switch
    {
        Caller.AgentCaller own => own.Agent,
        Caller.EnforcementPointCaller point
            when (span.Attributes["gen_ai.agent.id"] ?? span.Resource["gen_ai.agent.id"]) is JsonValue named && named.TryGetValue<string>(out var text)
                && AgentId.TryParse(text, null, out var id) && point.Point.Agents.Contains(id) => caller.Organization.Agents.GetValueOrDefault(id),
        _ => null,
    };

    private async ValueTask<(TaskStanding? Task, bool Refused)> TaskOfAsync(Caller caller, Agent agent, TraceKey trace, string? token)
    {
        var user = VerifiedUser.Of((caller as Caller.AgentCaller)?.Token);
        if (token is { Length: > 0 })
            return tasks.Find(token, agent.Id, caller.KeyId)?.In(caller.Organization, user) is { } named ? (named, false) : (null, true);
        if (links.TaskOf(caller.Organization.Id, trace) is { } traced && book.Find(traced)?.In(caller.Organization, user) is { } standing)
            return (standing, false);
        var entered = await tasks.EnterImplicitAsync(caller.Organization.Id, new TaskOpening { Agent = agent.Id, Credential = caller.KeyId, User = user?.Name, UserFacts = user?.Facts });
        return (entered?.In(caller.Organization, user), false);
    }
}
