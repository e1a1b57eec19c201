using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// What tools are called towards an agent: by their own names at a server's own address, and as <c>server__tool</c> where all
/// servers are joined. A server's slug holds no underscore, so the name splits in one way only.
/// </summary>
internal static class ToolNaming
{
    private const string Separator = "__";

    public static string Shown(string? door, string server, string tool) => door is null ? server + Separator + tool : tool;

    /// <summary>The server and the tool that a shown name stands for; null when it stands for none.</summary>
    public static (string Server, string Tool)? Parse(string? door, string shown)
    {
        if (door is not null)
            return (door, shown);
        var at = shown.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 && at + Separator.Length < shown.Length ? (shown[..at], shown[(at + Separator.Length)..]) : null;
    }

    /// <summary>A definition as it is shown: the pinned one, with the shown name.</summary>
    public static void Write(Utf8JsonWriter w, string? door, OfferedTool tool)
    {
        if (door is not null)
        {
            JsonRpcWriter.CopyTo(w, tool.Definition);
            return;
        }

        w.WriteStartObject();
        foreach (var member in tool.Definition.EnumerateObject())
        {
            w.WritePropertyName(member.Name);
            if (member.NameEquals("name"u8))
                w.WriteStringValue(Shown(door, tool.Server, tool.Name));
            else
                JsonRpcWriter.CopyTo(w, member.Value);
        }

        w.WriteEndObject();
    }
}
