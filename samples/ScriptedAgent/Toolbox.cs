using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ScriptedAgent;

/// <summary>The agent's tools: an MCP server somewhere, reached over HTTP with the agent's key. It need not know that Writ answers.</summary>
internal sealed class Toolbox(McpClient client) : IAsyncDisposable
{
    public static async Task<Toolbox> OpenAsync(Uri endpoint, string key, CancellationToken cancellation)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
            EnableStandaloneGetStream = false,
        });
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = "support-agent", Version = "1.0.0" } };
        return new Toolbox(await McpClient.CreateAsync(transport, options, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) =>
        [.. (await client.ListToolsAsync(cancellationToken: cancellation)).Select(tool => tool.Name)];

    public async Task<Answer> CallAsync(string tool, JsonObject arguments, CancellationToken cancellation)
    {
        var call = new CallToolRequestParams
        {
            Name = tool,
            Arguments = arguments.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)),
        };
        try
        {
            return AnswerReader.Read(await client.CallToolAsync(call, cancellation));
        }
        catch (McpException refusal)
        {
            return AnswerReader.Read(refusal);
        }
        catch (HttpRequestException failure)
        {
            return new Answer("FAILED", failure.Message);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
