using System.Text.Json.Serialization;

namespace Writ.Gateways.AuthZen;

/// <summary>How far several evaluations go (section 7.1.2.1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvaluationsSemantic>))]
internal enum EvaluationsSemantic
{
    /// <summary>All of them. The default.</summary>
    [JsonStringEnumMemberName("execute_all")]
    ExecuteAll,

    /// <summary>To the first that is denied or fails.</summary>
    [JsonStringEnumMemberName("deny_on_first_deny")]
    DenyOnFirstDeny,

    /// <summary>To the first that is permitted.</summary>
    [JsonStringEnumMemberName("permit_on_first_permit")]
    PermitOnFirstPermit,
}
