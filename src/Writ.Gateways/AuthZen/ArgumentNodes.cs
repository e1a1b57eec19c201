using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Writ.Gateways.AuthZen;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ArgumentNodes : JsonSerializerContext;
