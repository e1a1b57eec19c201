using System.Text.Json.Nodes;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Records;

namespace Writ.Server.Api;

/// <summary>
/// Names by a digest what a person is shown before they answer, so that a record can say so. The arguments enter by their salted commitment:
/// nobody can guess them from the digest.
/// </summary>
internal static class ShownApproval
{
    /// <summary>The digest of a view of a request.</summary>
    /// <param name="view">What is shown.</param>
    /// <param name="decision">The record of the decision that holds the action.</param>
    public static Hash256 Digest(ApprovalView view, JsonObject decision)
    {
        var shown = new JsonObject
        {
            ["action"] = view.Action,
            ["agent"] = view.Agent.Id,
            ["agent_name"] = view.Agent.Name,
            ["arguments"] = (decision["arguments_commitment"] ?? decision["commitment"])?.GetValue<string>(),
            ["asks"] = new JsonArray([.. view.Asks.Select(ask => (JsonNode)new JsonObject
            {
                ["approvers"] = new JsonArray([.. ask.Approvers.Select(name => (JsonNode)name)]), ["policy"] = ask.Policy, ["quorum"] = ask.Quorum, ["reason"] = ask.Reason,
            })]),
            ["effect"] = view.Effect,
            ["expires_at"] = Timestamp.ToMicroseconds(view.ExpiresAt),
            ["id"] = view.Id.ToString(),
            ["owner"] = view.Agent.Owner,
            ["reversible"] = view.Reversible,
            ["task"] = view.Task,
        };
        return Jcs.TryCanonicalize(System.Text.Encoding.UTF8.GetBytes(shown.ToJsonString()), out var canonical, out var error)
            ? Hash256.Of(canonical)
            : throw new InvalidOperationException($"a view of a request has no canonical form: {error.Message}");
    }
}
