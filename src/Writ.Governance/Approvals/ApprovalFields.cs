using System.Collections.Immutable;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Approvals;

/// <summary>A request for approval inside the record of the decision that holds the action: enough to stand again after a restart.</summary>
internal static class ApprovalFields
{
    public static void WriteMembersTo(this ApprovalRequest request, JcsWriter writer)
    {
        writer.Key("asks"u8);
        writer.BeginArray();
        foreach (var ask in request.Asks)
        {
            writer.BeginObject();
            writer.Member("approvers"u8, ask.Approvers);
            if (ask.NeedsEvidence)
                writer.Member("evidence"u8, true);
            writer.Member("policy"u8, ask.Policy);
            writer.Member("quorum"u8, ask.Quorum);
            if (ask.Reason is not null)
                writer.Member("reason"u8, ask.Reason);
            writer.Member("within_ms"u8, (long)ask.Within.TotalMilliseconds);
            writer.EndObject();
        }

        writer.EndArray();
        writer.Member("binding"u8, request.Binding);
        writer.Member("decision"u8, request.Decision.Value);
        writer.Member("expires_at"u8, Timestamp.ToMicroseconds(request.ExpiresAt));
        writer.Member("id"u8, request.Id.Value);
        writer.Member("requested_at"u8, Timestamp.ToMicroseconds(request.RequestedAt));
        if (request.Requester is { } requester)
            writer.Member("requester"u8, requester.ToString());
    }

    /// <summary>Reads a request back from the decision record it stands in.</summary>
    public static ApprovalRequest Read(JsonElement decision)
    {
        var members = decision.GetProperty("approval");
        return new ApprovalRequest
        {
            Id = new ApprovalId(members.GetProperty("id").GetGuid()),
            Organization = OrganizationId.Parse(decision.GetProperty("organization").GetString()!),
            Decision = new DecisionId(members.GetProperty("decision").GetGuid()),
            Binding = Hash256.TryParseHex(members.GetProperty("binding").GetString(), out var binding) ? binding : throw new InvalidDataException("a recorded approval has no binding"),
            Subject = PayloadSubject.Read(decision.GetProperty("subject").GetString()!, decision.GetProperty("v").GetInt32()),
            Agent = new AgentId(decision.GetProperty("agent").GetGuid()),
            Requester = members.TryGetProperty("requester", out var requester) ? PersonId.Parse(requester.GetString()!) : null,
            ActionName = decision.GetProperty("action").GetString()!,
            Asks = [.. members.GetProperty("asks").EnumerateArray().Select(ReadAsk)],
            RequestedAt = Timestamp.FromMicroseconds(members.GetProperty("requested_at").GetInt64()),
            ExpiresAt = Timestamp.FromMicroseconds(members.GetProperty("expires_at").GetInt64()),
        };
    }

    private static ApprovalAsk ReadAsk(JsonElement ask) => new(
        ask.GetProperty("policy").GetString()!,
        [.. ask.GetProperty("approvers").EnumerateArray().Select(a => ApproverRule.Parse(a.GetString()!) ?? throw new InvalidDataException("a recorded approver cannot be read"))],
        ask.GetProperty("quorum").GetInt32(),
        TimeSpan.FromMilliseconds(ask.GetProperty("within_ms").GetInt64()),
        ask.TryGetProperty("reason", out var reason) ? reason.GetString() : null)
    {
        NeedsEvidence = ask.TryGetProperty("evidence", out var evidence) && evidence.GetBoolean(),
    };
}
