using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Writ.Governance.Decisions;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ArgumentsJson : JsonSerializerContext;
