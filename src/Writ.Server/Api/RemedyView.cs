using System.Text.Json;

namespace Writ.Server.Api;

internal sealed record RemedyView(string Tool, JsonElement Arguments);
