using System.Text.Json.Nodes;

namespace Writ.Server.Login;

/// <summary>What an authenticator is asked.</summary>
/// <param name="Id">The name to answer under.</param>
/// <param name="Options">The options, for <c>navigator.credentials</c>; binary members are in base64url.</param>
internal sealed record AskedPasskey(string Id, JsonObject Options);
