using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Writ.Server.Api;

/// <summary>The JSON of <c>/v1</c>: snake_case; a member that is unknown or stands twice is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(AgentBody))]
[JsonSerializable(typeof(AgentAnswer))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(GrantsBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(ServerBody))]
[JsonSerializable(typeof(ServerAnswer))]
[JsonSerializable(typeof(ServerList))]
[JsonSerializable(typeof(BundleBody))]
[JsonSerializable(typeof(BundleAnswer))]
[JsonSerializable(typeof(BundleList))]
[JsonSerializable(typeof(TaskBody))]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(EnforcementPointBody))]
[JsonSerializable(typeof(EnforcementPointAnswer))]
[JsonSerializable(typeof(EffectBody))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(ApprovalAnswerView))]
[JsonSerializable(typeof(ExplainBody))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(DecisionList))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJson : JsonSerializerContext;
