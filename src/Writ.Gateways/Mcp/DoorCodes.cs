using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Decisions;

namespace Writ.Gateways.Mcp;

/// <summary>
/// The refusals that the MCP door makes by itself. In an error of JSON-RPC the number after WRIT is the code, outside the range
/// the protocol reserves, unless the protocol has a code of its own for it.
/// </summary>
public static class DoorCodes
{
    /// <summary>The credential is missing or was not accepted.</summary>
    public const string CredentialRefused = "WRIT3001";

    /// <summary>Too many requests.</summary>
    public const string TooManyRequests = "WRIT4005";

    /// <summary>The request is not HTTP as MCP uses it: content type, Accept, body length.</summary>
    public const string RequestUnreadable = "WRIT5003";

    /// <summary>The request comes from a web page of another origin.</summary>
    public const string OriginRefused = "WRIT5101";

    /// <summary>The body is not a JSON-RPC message of MCP.</summary>
    public const string MessageRefused = "WRIT5102";

    /// <summary>The headers say something else than the body.</summary>
    public const string HeaderMismatch = "WRIT5103";

    /// <summary>The protocol version is not spoken here.</summary>
    public const string VersionRefused = "WRIT5104";

    /// <summary>The method is not offered.</summary>
    public const string MethodRefused = "WRIT5105";

    /// <summary>The parameters do not fit the method.</summary>
    public const string ParamsRefused = "WRIT5106";

    /// <summary>The session is missing, over, or not this credential's.</summary>
    public const string SessionRefused = "WRIT5107";

    /// <summary>There is no such server for this agent.</summary>
    public const string ServerUnknown = "WRIT5108";

    /// <summary>The server cannot be used at present.</summary>
    public const string ServerUnavailable = "WRIT5110";

    /// <summary>The server did not answer in time.</summary>
    public const string ServerTimedOut = "WRIT5111";

    /// <summary>The server ended before it answered.</summary>
    public const string ServerDied = "WRIT5112";

    /// <summary>The server's answer was too long or not of the protocol.</summary>
    public const string ServerMisbehaved = "WRIT5113";

    /// <summary>Too many calls wait for the server.</summary>
    public const string ServerOverloaded = "WRIT5114";

    /// <summary>The call was cancelled.</summary>
    public const string CallCancelled = "WRIT5115";

    /// <summary>The refusal of a call that was killed while it was under way; what it had done by then stands in its effect.</summary>
    internal static CallRefusal OfKilled { get; } = new(ReasonCodes.Killed.Code, ReasonCodes.Killed.AgentMessage, null);

    /// <summary>What an agent is told of a failed upstream: enough to react, nothing of how the server is run.</summary>
    internal static CallRefusal Of(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Overloaded => new(ServerOverloaded, "Too many calls wait for the server of this tool. Try again later.", null),
        UpstreamFailure.TimedOut => new(ServerTimedOut, "The server of this tool did not answer in time; the call may have had its effect.", null),
        UpstreamFailure.Cancelled => new(CallCancelled, "The call was cancelled; it may have had its effect.", null),
        UpstreamFailure.Died => new(ServerDied, "The server of this tool ended before it answered; the call may have had its effect.", null),
        UpstreamFailure.TooLarge or UpstreamFailure.Garbage => new(ServerMisbehaved, "The server of this tool gave no usable answer; the call may have had its effect.", null),
        _ => new(ServerUnavailable, "The server of this tool is not available at present. Try again later.", null),
    };
}
