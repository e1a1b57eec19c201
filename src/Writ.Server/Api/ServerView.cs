using System.Collections.Immutable;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary>A server as the API shows it. The values of environment variables are not shown: they may be secrets.</summary>
internal sealed record ServerView(string Slug, string Connection, bool Trusted, ImmutableArray<ToolView> Tools)
{
    public static ServerView Of(Governance.Tools.Server server) => new(
        server.Slug.ToString(),
        server.Connection switch
        {
            ServerConnection.Stdio stdio => $"stdio: {stdio.Command} {string.Join(' ', stdio.Arguments)}".TrimEnd(),
            ServerConnection.Http http => $"http: {http.Url}",
            _ => "declared",
        },
        server.Trusted,
        [.. server.Tools.Values.Select(ToolView.Of)]);
}
