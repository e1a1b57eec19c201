namespace Writ.Server.Login;

/// <summary>The request that is about to be sent.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its path and query.</param>
/// <param name="Body">The SHA-256 of its body, in hexadecimal.</param>
internal sealed record PresenceBody(string Method, string Target, string Body);
