// A small support desk as an MCP server over standard input and output: orders, refunds, customer mail, bulk delete.
// SUPPORT_DESK_TODAY (such as 2026-01-31T12:00:00Z) says when the desk opens, from which the age of its orders counts; now otherwise.
// SUPPORT_DESK_LOG (or --log PATH) names a file that receives one JSON line per call that reached the desk.
using System.Globalization;
using ModelContextProtocol.Server;
using SupportDesk;

var path = args is ["--log", var named] ? named : Environment.GetEnvironmentVariable("SUPPORT_DESK_LOG");
var today = Environment.GetEnvironmentVariable("SUPPORT_DESK_TODAY");
var opened = string.IsNullOrEmpty(today) ? TimeProvider.System.GetUtcNow() : DateTimeOffset.Parse(today, CultureInfo.InvariantCulture);
var options = new DeskServer(new Desk(opened), new CallLog(string.IsNullOrEmpty(path) ? null : path)).Options();
await using var transport = new StdioServerTransport(options);
await using var server = McpServer.Create(transport, options);
await server.RunAsync();
