// A scripted support agent: a process of its own that speaks MCP over HTTP and plays one case (SupportCase).
// WRIT_MCP_URL: the server's address, such as http://127.0.0.1:7070/mcp/support-desk. WRIT_AGENT_KEY: its API key.
// WRIT_AGENT_TRIES, WRIT_AGENT_PAUSE_MS: how often and how far apart it asks again for a held call (120, 500).
// Exit code 0 when the case was played to its end, 2 when the environment is not complete, 3 when the server cannot be reached.
using System.Globalization;
using ModelContextProtocol;
using ScriptedAgent;

if (!Uri.TryCreate(Environment.GetEnvironmentVariable("WRIT_MCP_URL"), UriKind.Absolute, out var endpoint)
    || Environment.GetEnvironmentVariable("WRIT_AGENT_KEY") is not { Length: > 0 } key)
{
    Console.Error.WriteLine("set WRIT_MCP_URL to the MCP server's address and WRIT_AGENT_KEY to the agent's API key");
    return 2;
}

var patience = new Patience(Setting("WRIT_AGENT_TRIES", 120), TimeSpan.FromMilliseconds(Setting("WRIT_AGENT_PAUSE_MS", 500)));
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

try
{
    await using var tools = await Toolbox.OpenAsync(endpoint, key, stop.Token);
    await tools.ListAsync(stop.Token);
    var journal = new Journal(Console.Out);
    await new SupportCase(tools, journal, patience).PlayAsync(stop.Token);
    journal.Close();
    return 0;
}
catch (Exception failure) when (failure is HttpRequestException or McpException or IOException or OperationCanceledException)
{
    Console.Error.WriteLine($"{endpoint}: {failure.Message}");
    return 3;
}

static int Setting(string name, int otherwise) =>
    int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
