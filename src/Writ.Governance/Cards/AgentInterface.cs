namespace Writ.Governance.Cards;

/// <summary>Where an agent is spoken to, by the word of its owners. Immutable.</summary>
/// <param name="Url">The address: absolute, <c>http</c> or <c>https</c>, without a name or password in it.</param>
/// <param name="Binding">How: <c>JSONRPC</c>, <c>GRPC</c> or <c>HTTP+JSON</c> (A2A v1.0, 5.2).</param>
/// <param name="Version">The version of A2A.</param>
public sealed record AgentInterface(string Url, string Binding, string Version = "1.0")
{
    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem =>
        Url.Length > 512 || !Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || Url.Any(c => c is <= ' ' or > '~')
            ? "interfaces: a url is absolute, http or https, of at most 512 characters, and names nobody"
        : Binding is not ("JSONRPC" or "GRPC" or "HTTP+JSON") ? "interfaces: a binding is JSONRPC, GRPC or HTTP+JSON"
        : Version.Length is 0 or > 16 || !Version.All(c => char.IsAsciiDigit(c) || c == '.') ? "interfaces: a version such as 1.0"
        : null;
}
