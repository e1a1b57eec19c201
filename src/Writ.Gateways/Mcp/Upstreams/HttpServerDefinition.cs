using System.Collections.Immutable;
using System.Net;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A server reached over Streamable HTTP. A value; <see cref="Problem"/> says why it cannot be used.</summary>
public sealed record HttpServerDefinition
{
    /// <summary>
    /// The server's MCP endpoint: https, or http when every address of its host lies in <see cref="AllowedAddresses"/>.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Headers sent with each request, such as the server's own credential. The agent's are never passed on (T58).</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Loopback, private or otherwise special addresses that this server may have all the same. Empty by default (T59).</summary>
    public ImmutableArray<IPNetwork> AllowedAddresses { get; init; } = [];

    /// <summary>Whether each request is signed with Writ's own key. Defaults to not.</summary>
    public bool Sign { get; init; }

    /// <summary>Its bounds.</summary>
    public UpstreamLimits Limits { get; init; } = new();

    /// <summary>What is wrong with this definition and what to write instead, or null. Needs no network.</summary>
    public string? Problem
    {
        get
        {
            if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https") || Endpoint.Host.Length == 0)
                return "the endpoint is an absolute http or https URL";
            if (Endpoint.UserInfo.Length > 0)
                return "the endpoint carries a user name or password: put the credential in headers";
            foreach (var (name, value) in Headers)
            {
                if (!HeaderText.IsToken(name) || !HeaderText.IsPlain(value))
                    return $"the header '{(HeaderText.IsToken(name) ? name : "?")}' is not a header: a token as name, printable ASCII as value";
                if (HeaderText.IsReserved(name))
                    return $"the header '{name}' is Writ's to set";
            }

            return null;
        }
    }

    /// <summary>Equal in every part, collections by their content: the same definition read twice opens one server.</summary>
    public bool Equals(HttpServerDefinition? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Endpoint == other.Endpoint && AllowedAddresses.SequenceEqual(other.AllowedAddresses) && Sign == other.Sign && Limits == other.Limits
            && Headers.Count == other.Headers.Count && Headers.All(h => other.Headers.TryGetValue(h.Key, out var v) && v == h.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, AllowedAddresses.Length, Headers.Count);
}
