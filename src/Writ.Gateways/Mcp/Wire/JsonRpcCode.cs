namespace Writ.Gateways.Mcp.Wire;

/// <summary>The JSON-RPC error codes that MCP defines (JSON-RPC 2.0 §5.1; MCP 2026-07-28, basic/index, "Error Codes").</summary>
public static class JsonRpcCode
{
    /// <summary>The bytes are not one JSON text that this side accepts.</summary>
    public const int ParseError = -32700;

    /// <summary>The JSON is not a JSON-RPC message of MCP.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>The method is not offered.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The parameters do not fit the method.</summary>
    public const int InvalidParams = -32602;

    /// <summary>The answering side failed.</summary>
    public const int InternalError = -32603;

    /// <summary>A mirrored HTTP header is missing, malformed or says something else than the body.</summary>
    public const int HeaderMismatch = -32020;

    /// <summary>The request needs a capability that its sender did not declare.</summary>
    public const int MissingRequiredClientCapability = -32021;

    /// <summary>The protocol version is not implemented here; <c>data.supported</c> lists those that are.</summary>
    public const int UnsupportedProtocolVersion = -32022;

    /// <summary>Whether only a server of the current era answers with this code, which tells the eras apart.</summary>
    public static bool IsCurrentEra(int code) =>
        code is HeaderMismatch or MissingRequiredClientCapability or UnsupportedProtocolVersion;
}
