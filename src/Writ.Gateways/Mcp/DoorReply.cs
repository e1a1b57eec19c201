using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>An HTTP answer of the door.</summary>
internal sealed record DoorReply(int Status, byte[]? Body)
{
    /// <summary>A header besides those of every answer.</summary>
    public (string Name, string Value)? Header { get; init; }

    public static DoorReply Accepted { get; } = new(StatusCodes.Status202Accepted, null);

    public static DoorReply Result(JsonRpcId id, JsonElement result) => new(StatusCodes.Status200OK, JsonRpcWriter.Result(id, result));

    /// <summary>A refusal under a code of the protocol; Writ's own stands in its data.</summary>
    public static DoorReply Protocol(int status, JsonRpcId? id, int code, string writCode, string message, JsonElement supported = default) =>
        new(status, JsonRpcWriter.Error(id, code, message, JsonRpcWriter.Build(static (w, s) =>
        {
            w.WriteStartObject();
            w.WriteString("code"u8, s.writCode);
            if (s.supported.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in s.supported.EnumerateObject())
                    member.WriteTo(w);
            }

            w.WriteEndObject();
        }, (writCode, supported))));

    /// <summary>A refusal of Writ's own.</summary>
    public static DoorReply Refusal(int status, JsonRpcId? id, CallRefusal refusal, string? remedyName = null) =>
        new(status, JsonRpcWriter.Error(id, NumberOf(refusal.Code), refusal.Message, JsonRpcWriter.Build(static (w, s) =>
        {
            var (refusal, remedyName) = s;
            w.WriteStartObject();
            w.WriteString("code"u8, refusal.Code);
            w.WriteString("outcome"u8, refusal.Outcome);
            if (refusal.Escalation is not null)
                w.WriteString("escalation"u8, refusal.Escalation);
            if (refusal.Approval is not null)
                w.WriteString("approval"u8, refusal.Approval);
            if (refusal.ExpiresAt is { } expires)
                w.WriteString("expiresAt"u8, expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (refusal.RemedyTool is not null)
            {
                w.WriteStartObject("remedy"u8);
                w.WriteString("name"u8, remedyName ?? refusal.RemedyTool);
                w.WritePropertyName("arguments"u8);
                JsonRpcWriter.CopyTo(w, refusal.RemedyArguments);
                w.WriteEndObject();
            }

            w.WriteEndObject();
        }, (refusal, remedyName))));

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (Header is { } header)
            http.Response.Headers[header.Name] = header.Value;
        if (Body is null)
            return;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Body.Length;
        await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }

    private static int NumberOf(string code) => int.Parse(code.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture);
}
