using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Remote;

/// <summary>What a decision point outside Writ speaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionPointKind>))]
public enum DecisionPointKind
{
    /// <summary>AuthZEN 1.0, the Access Evaluation API: <c>{"decision": true}</c>.</summary>
    [JsonStringEnumMemberName("authzen")]
    AuthZen,

    /// <summary>The data API of Open Policy Agent: <c>{"result": true}</c> or <c>{"result": {"allow": true}}</c>.</summary>
    [JsonStringEnumMemberName("opa")]
    Opa,
}
