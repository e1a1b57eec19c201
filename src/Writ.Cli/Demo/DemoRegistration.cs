using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Policies;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Demo;

/// <summary>Registers what the demo needs, as a person would: through the API, with the administrator's token.</summary>
internal sealed class DemoRegistration(ApiClient api, DemoParts parts, DemoFolder folder)
{
    public const string Server = "support-desk";
    public const string Agent = "support-agent";

    /// <summary>The server with its tools, the policies, the agent and its key; or what went wrong.</summary>
    public async Task<(DemoCast? Cast, Trouble? Trouble)> RegisterAsync(CancellationToken cancellation)
    {
        var server = await api.PostAsync("/v1/servers", DescribeDesk(), ApiJson.Default.ServerAnswer, cancellation);
        if (server is not ApiResult<ServerAnswer>.Ok { Value.Server: var desk })
            return (null, Why(server));
        if (BundleFolder.Read(parts.Bundle) is not BundleReading.Read { Archive: var archive })
            return (null, new Trouble(ExitCode.BadInput, $"{parts.Bundle} is no bundle") { Advice = $"See: writ policy check {parts.Bundle}" });
        var bundle = await api.PostAsync("/v1/bundles", BundleUpload.Of(archive), ApiJson.Default.BundleAnswer, cancellation);
        if (bundle is not ApiResult<BundleAnswer>.Ok { Value: var published })
            return (null, Why(bundle));
        var description = new JsonObject { ["name"] = Agent, ["environment"] = "development", ["version"] = "1", ["model"] = "a script", ["ring"] = 1, ["domain"] = "support", ["grants"] = new JsonArray($"{Server}/*") };
        var agent = await api.PostAsync("/v1/agents", description, ApiJson.Default.AgentAnswer, cancellation);
        return agent is ApiResult<AgentAnswer>.Ok { Value: { Key: { } key } registered }
            ? (new DemoCast(desk, published, registered.Agent, key), null)
            : (null, Why(agent));
    }

    private JsonObject DescribeDesk()
    {
        var readable = new[] { Path.GetDirectoryName(parts.Desk)!, DemoParts.DotnetRoot }.Where(path => !path.StartsWith("/usr/", StringComparison.Ordinal));
        return new JsonObject
        {
            ["slug"] = Server,
            ["connection"] = new JsonObject
            {
                ["type"] = "stdio",
                ["command"] = parts.Desk,
                ["environment"] = new JsonObject { ["SUPPORT_DESK_LOG"] = folder.DeskLog, ["DOTNET_ROOT"] = DemoParts.DotnetRoot, ["DOTNET_EnableDiagnostics"] = "0" },
                ["read_only_paths"] = new JsonArray([.. readable.Select(path => (JsonNode)path)]),
                ["writable_paths"] = new JsonArray(folder.DeskFolder),
            },
            ["tools"] = JsonNode.Parse(File.ReadAllText(parts.ToolClasses)),
        };
    }

    private static Trouble Why<T>(ApiResult<T> answer) =>
        answer is ApiResult<T>.Failed failed ? failed.Trouble : new Trouble(ExitCode.Failed, "the server's answer lacks what the demo needs");
}
