// A small support desk as an MCP server over standard input and output: orders, refunds, customer mail, bulk delete.
// SUPPORT_DESK_LOG (or --log PATH) names a file that receives one JSON line per call that reached the desk.
using ModelContextProtocol.Server;
using SupportDesk;

var path = args is ["--log", var named] ? named : Environment.GetEnvironmentVariable("SUPPORT_DESK_LOG");
var options = new DeskServer(new Desk(), new CallLog(string.IsNullOrEmpty(path) ? null : path)).Options();
await using var transport = new StdioServerTransport(options);
await using var server = McpServer.Create(transport, options);
await server.RunAsync();
