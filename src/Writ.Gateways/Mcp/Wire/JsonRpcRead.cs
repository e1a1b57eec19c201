namespace Writ.Gateways.Mcp.Wire;

/// <summary>What reading some bytes as a JSON-RPC message gave.</summary>
public abstract record JsonRpcRead
{
    private JsonRpcRead()
    {
    }

    /// <summary>A message.</summary>
    public sealed record Accepted(JsonRpcMessage Message) : JsonRpcRead;

    /// <summary>
    /// Not a message: the JSON-RPC code and sentence to answer with, and the id where it could be read. The sentence
    /// never quotes the input.
    /// </summary>
    public sealed record Refused(int Code, string Reason, JsonRpcId? Id) : JsonRpcRead;
}
