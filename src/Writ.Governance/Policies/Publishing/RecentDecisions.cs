using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Explaining;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;
using Writ.Governance.Users;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// Decides recorded actions anew, under the policies that hold and under those that would, by the gates of production. Asks only. Bounded in
/// number and time, newest first. Thread safe.
/// </summary>
public sealed class RecentDecisions(DecisionArchive archive, TaskBook tasks, TimeProvider time)
{
    /// <summary>How many decisions are looked at.</summary>
    public const int Most = 1_000;

    /// <summary>How long that may take; what was not looked at by then is left out, and the forecast says so.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>What a bundle without problems would newly refuse.</summary>
    public async Task<DenialForecast> ForecastAsync(OrganizationState state, BundleArchive bundle, CancellationToken cancellation)
    {
        // With nobody permitted anything, nothing can be refused anew.
        if (state.Bundles.IsEmpty)
            return DenialForecast.None;
        var after = Supposition.Published(state, bundle);
        var gates = new GateWalk(GateWalk.InOrder(new ApprovalBoard(time), new ApprovalBinding(new byte[32]), new RateBook()));
        var (tally, unreadable, complete, started) = (new DenialTally(), 0, true, time.GetTimestamp());
        foreach (var id in archive.Newest(state.Id, Most))
        {
            cancellation.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) > Longest)
            {
                complete = false;
                break;
            }

            if (await ReadAsync(state, id, cancellation) is not { } request)
            {
                unreadable++;
                continue;
            }

            var was = (await gates.CheckAsync(request, asking: false)).Result;
            var would = (await gates.CheckAsync(request with { Organization = after }, asking: false)).Result;
            tally.Add(request, was is GateResult.Permitted or GateResult.Held && would is GateResult.Denied or GateResult.Remedied);
        }

        return tally.Forecast(unreadable, complete);
    }

    /// <summary>The action of a decision as it would be asked about now; null where that can no longer be told.</summary>
    private async Task<ActionRequest?> ReadAsync(OrganizationState state, DecisionId id, CancellationToken cancellation)
    {
        try
        {
            return await archive.FindAsync(state.Id, id, cancellation) is { } record && await archive.OpenPayloadAsync(state.Id, id, cancellation) is { } payload
                ? Make(state, id, record, payload)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private ActionRequest? Make(OrganizationState state, DecisionId id, JsonObject record, JsonElement payload)
    {
        if (!state.Agents.TryGetValue(new(Guid.Parse(Text(record, "agent"))), out var agent)
            || tasks.Find(new TaskId(Guid.Parse(Text(record, "task")))) is not { } task
            || !ServerSlug.TryParse(payload.GetProperty("server").GetString(), null, out var server)
            || Arguments.Parse(JsonSerializer.SerializeToUtf8Bytes(payload.GetProperty("arguments"), StrictJson.Options)) is not ArgumentsReading.Read { Arguments: var arguments })
            return null;
        var tool = payload.GetProperty("tool").GetString()!;
        // Whom a single call was made for, where the task names nobody.
        if (task.User is null && UserOf(record, payload) is { } user)
            task = task with { User = new Attested<string>(user, "recorded") };
        if (task.User is not null && UserFacts.Read(payload) is { } said)
            task = task with { UserFacts = said };
        // What it reached under a chain it was not given itself; that the chain held is what the record says.
        if (record["chain"] is not null)
            agent = agent with { Grants = [new Grant(server, tool)] };
        var facts = new Facts
        {
            Organization = state.Id,
            Agent = record["trust"] is { } trust ? agent with { Trust = trust.GetValue<int>() } : agent,
            Credential = Text(record, "credential"),
            Assurance = Text(record, "assurance"),
            Task = task,
            Time = Timestamp.FromMicroseconds(record["at"]!.GetValue<long>()),
            Door = Text(record, "door") == "mcp" ? Door.Mcp : Door.DecisionApi,
            Claims = payload.TryGetProperty("claims", out var claims) ? new Claims(Claimed(claims, "purpose"), Claimed(claims, "on_behalf_of"), Claimed(claims, "agent_version")) : Claims.None,
            Asserted = payload.TryGetProperty("asserted", out var asserted) ? asserted : default,
        };
        return new ActionRequest(id, state, facts, server, tool, state.Tool(server, tool), arguments, ConstraintKinds.All);
    }

    /// <summary>In format 1 the user stood in the record, since then in the payload.</summary>
    private static string? UserOf(JsonObject record, JsonElement payload) =>
        payload.TryGetProperty("user", out var user) ? user.GetString()
        : record["v"]!.GetValue<int>() == 1 && Text(record, "subject") is ['u', 's', 'e', 'r', '/', .. var named] ? named
        : null;

    private static string Text(JsonObject record, string name) => record[name]?.GetValue<string>() ?? throw new FormatException($"the record has no {name}");

    private static string? Claimed(JsonElement claims, string name) => claims.TryGetProperty(name, out var claim) ? claim.GetString() : null;
}
