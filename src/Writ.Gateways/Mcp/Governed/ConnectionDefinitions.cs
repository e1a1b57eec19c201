using System.Collections.Immutable;
using System.Net;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>Turns a registered connection into an upstream's definition. What it cannot read gives none: nothing is started on a guess.</summary>
public static class ConnectionDefinitions
{
    /// <summary>A <see cref="StdioServerDefinition"/> or a <see cref="HttpServerDefinition"/>; null for tools that are called elsewhere.</summary>
    /// <param name="connection">The connection as people registered it.</param>
    /// <param name="limits">The bounds to hold it to.</param>
    /// <param name="problem">Why there is none and what to write instead, for people; null otherwise.</param>
    public static object? Read(ServerConnection connection, UpstreamLimits limits, out string? problem)
    {
        problem = null;
        switch (connection)
        {
            case ServerConnection.Stdio stdio:
                if (stdio.Sandbox is not (ServerConnection.Stdio.Bubblewrap or ServerConnection.Stdio.Unprotected))
                {
                    problem = $"the sandbox is '{ServerConnection.Stdio.Bubblewrap}' or '{ServerConnection.Stdio.Unprotected}'";
                    return null;
                }

                var program = new StdioServerDefinition
                {
                    Command = stdio.Command,
                    Arguments = stdio.Arguments,
                    Environment = stdio.Environment.ToImmutableDictionary(),
                    WorkingFolder = stdio.WorkingFolder,
                    Paths =
                    [
                        .. stdio.ReadOnlyPaths.Select(path => new SandboxPath(path, Writable: false)),
                        .. stdio.WritablePaths.Select(path => new SandboxPath(path, Writable: true)),
                    ],
                    Network = stdio.Network,
                    Sandbox = stdio.Sandbox == ServerConnection.Stdio.Unprotected ? SandboxMode.NoneIAcceptTheRisk : SandboxMode.Bubblewrap,
                    Limits = limits,
                };
                problem = program.Problem;
                return problem is null ? program : null;

            case ServerConnection.Http http:
                if (!Uri.TryCreate(http.Url, UriKind.Absolute, out var endpoint))
                {
                    problem = "the url is an absolute http or https URL";
                    return null;
                }

                var allowed = ImmutableArray.CreateBuilder<IPNetwork>();
                foreach (var text in http.AllowedAddresses)
                {
                    if (!AllowedNetwork.TryRead(text, out var network))
                    {
                        problem = "an allowed address is an IP address or a network such as 10.0.0.0/8";
                        return null;
                    }

                    allowed.Add(network);
                }

                var remote = new HttpServerDefinition { Endpoint = endpoint, AllowedAddresses = allowed.ToImmutable(), Sign = http.Sign, Limits = limits };
                problem = remote.Problem;
                return problem is null ? remote : null;

            default:
                return null;
        }
    }
}
