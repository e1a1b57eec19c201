using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace SupportDesk;

/// <summary>The desk as an MCP server: the definitions of <c>tools.json</c>, each bound to one operation of <see cref="Desk"/>.</summary>
internal sealed class DeskServer(Desk desk, CallLog log)
{
    public McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "support-desk", Version = "1.0.0" },
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = Definitions() }),
            CallToolHandler = (request, _) => ValueTask.FromResult(Call(request.Params!)),
        },
    };

    internal static IList<Tool> Definitions()
    {
        using var definitions = typeof(DeskServer).Assembly.GetManifestResourceStream("tools.json")!;
        return JsonSerializer.Deserialize<List<Tool>>(definitions, McpJsonUtilities.DefaultOptions)!;
    }

    internal CallToolResult Call(CallToolRequestParams call)
    {
        log.Add(call.Name, call.Arguments);
        try
        {
            return Execute(call.Name, new Arguments(call.Arguments));
        }
        catch (DeskException refusal)
        {
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = refusal.Message }] };
        }
    }

    private CallToolResult Execute(string tool, Arguments args)
    {
        switch (tool)
        {
            case "get_order":
                return Structured(Shape(desk.GetOrder(args.Text("order_id"))));
            case "order_standing":
                var standing = desk.GetOrder(args.Text("order_id"));
                return Structured(new JsonObject { ["created_at"] = standing.Created, ["account_value"] = desk.GetCustomer(standing.CustomerId).AccountValue });
            case "search_orders":
                var limit = args.Integer("limit");
                var orders = desk.SearchOrders(args.OptionalText("customer_id"), args.OptionalText("status"), limit);
                return Structured(new JsonObject { ["orders"] = new JsonArray([.. orders.Select(Shape)]), ["limit"] = limit });
            case "get_customer":
                return Structured(Shape(desk.GetCustomer(args.Text("customer_id"))));
            case "read_mail":
                var mail = desk.ReadMail(args.Text("mail_id"));
                return Text($"From: {mail.From}\nSubject: {mail.Subject}\n\n{mail.Body}");
            case "refund_order":
                args.Text("reason");
                var refunded = desk.RefundOrder(args.Text("order_id"), args.Amount("amount"));
                return Structured(new JsonObject { ["order_id"] = refunded.Id, ["refunded"] = refunded.Refunded });
            case "send_mail":
                args.Text("body");
                return Text($"sent to {args.Text("to")}: {args.Text("subject")}");
            case "update_customer":
                return Structured(Shape(desk.UpdateCustomer(args.Text("customer_id"), args.OptionalText("status"), args.OptionalText("email"))));
            case "archive_customers":
                var archived = args.Texts("customer_ids").Select(id => desk.UpdateCustomer(id, "archived", null).Id);
                return Structured(new JsonObject { ["archived"] = new JsonArray([.. archived.Select(id => (JsonNode)id)]) });
            case "delete_customers":
                return Text($"deleted {desk.DeleteCustomers(args.Texts("customer_ids"), args.OptionalText("status"))} customers");
            case "export_customers":
                return Text(string.Join('\n', ["id,name,email", .. desk.ExportCustomers(args.Integer("limit")).Select(c => $"{c.Id},{c.Name},{c.Email}")]));
            default:
                throw new DeskException($"there is no tool {tool}");
        }
    }

    private static JsonObject Shape(Order order) => new()
    {
        ["order_id"] = order.Id,
        ["customer_id"] = order.CustomerId,
        ["item"] = order.Item,
        ["total"] = order.Total,
        ["refunded"] = order.Refunded,
        ["status"] = order.Status,
    };

    private static JsonObject Shape(Customer customer) => new()
    {
        ["customer_id"] = customer.Id,
        ["name"] = customer.Name,
        ["email"] = customer.Email,
        ["status"] = customer.Status,
    };

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private static CallToolResult Structured(JsonObject value) => new()
    {
        Content = [new TextContentBlock { Text = value.ToJsonString() }],
        StructuredContent = JsonSerializer.SerializeToElement(value),
    };
}
