using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Writ.Cli.Api;

/// <summary>The JSON of the API's answers. A newer server may say more than this command knows: unknown members are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(AgentAnswer))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(ServerAnswer))]
[JsonSerializable(typeof(ServerList))]
[JsonSerializable(typeof(BundleAnswer))]
[JsonSerializable(typeof(ProposalList))]
[JsonSerializable(typeof(PublisherKeyList))]
[JsonSerializable(typeof(BundleList))]
[JsonSerializable(typeof(BundleVersionList))]
[JsonSerializable(typeof(CandidateView))]
[JsonSerializable(typeof(ShadowView))]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(ApprovalAnswer))]
[JsonSerializable(typeof(TeamAnswer))]
[JsonSerializable(typeof(TeamList))]
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(PersonList))]
[JsonSerializable(typeof(PointAnswer))]
[JsonSerializable(typeof(PointList))]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(LintView))]
[JsonSerializable(typeof(SchemaView))]
[JsonSerializable(typeof(IReadOnlyList<LintFindingView>))]
[JsonSerializable(typeof(DecisionList))]
[JsonSerializable(typeof(DecisionPlace))]
[JsonSerializable(typeof(LedgerHeads))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ApiJson : JsonSerializerContext;
