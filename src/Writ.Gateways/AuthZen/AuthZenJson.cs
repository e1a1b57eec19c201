using System.Text.Json;
using System.Text.Json.Serialization;

namespace Writ.Gateways.AuthZen;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationRequest))]
[JsonSerializable(typeof(EvaluationResponse))]
[JsonSerializable(typeof(EvaluationsRequest))]
[JsonSerializable(typeof(EvaluationsResponse))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(AccessRequest))]
[JsonSerializable(typeof(EvaluationProblem))]
[JsonSerializable(typeof(DecisionPointMetadata))]
internal sealed partial class AuthZenJson : JsonSerializerContext;
