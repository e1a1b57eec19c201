using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Credentials;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Legacy;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;

namespace Writ.Gateways.Mcp;

/// <summary>
/// The MCP door: Streamable HTTP towards agents, in the current era (stateless) and the legacy one (sessions), side by side at
/// one address. A request passes, in this order: (1) origin, (2) credential, (3) admission, (4) the HTTP form, (5) the bounded
/// body, (6) the strict message, (7) the era's own rules, (8) the method. Nothing but <c>tools/call</c> reaches a server, and
/// that only through <see cref="McpForward"/>.
/// </summary>
public sealed class McpDoor
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly ICallGovernor _governor;
    private readonly McpDoorOptions _options;
    private readonly LegacyEra _legacy;
    private readonly CurrentEra _current;

    /// <summary>A door to what a governor lets through.</summary>
    public McpDoor(ICallGovernor governor, McpDoorOptions options, TimeProvider time)
    {
        _governor = governor;
        _options = options;
        var forward = new McpForward(governor, time);
        var lists = new ToolLists(governor);
        _legacy = new LegacyEra(forward, lists, new LegacySessions(options, time));
        _current = new CurrentEra(forward, lists);
    }

    /// <summary>Answers a request at a server's own address, or (null) at the address that joins all.</summary>
    public async Task HandleAsync(HttpContext http, string? server)
    {
        try
        {
            await (await AnswerAsync(http, server)).WriteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer. What was permitted has been settled.
        }
        catch (OperationCanceledException)
        {
            // The agent ended its session, or took this request back, while its answer was being made.
            await DoorReply.Refusal(StatusCodes.Status200OK, null, DoorCodes.Of(UpstreamFailure.Cancelled)).WriteAsync(http);
        }
        catch (ContentNotSignedException)
        {
            var reason = ReasonCodes.ContentNotSigned;
            await Own(StatusCodes.Status401Unauthorized, reason.Code, reason.AgentMessage).WriteAsync(http);
        }
        catch (BadHttpRequestException e)
        {
            await Unreadable(e.StatusCode, "The request could not be read.").WriteAsync(http);
        }
    }

    private async Task<DoorReply> AnswerAsync(HttpContext http, string? server)
    {
        var headers = http.Request.Headers;
        if (!IsOriginAllowed(headers))
            return Own(StatusCodes.Status403Forbidden, DoorCodes.OriginRefused, "Web pages of this origin may not call.");

        if (_governor.Authenticate(http.Presented()) is not { } caller)
        {
            if (!_governor.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown"))
                return Slower();
            // Of who is not known no body is read: what it tried is what its headers say.
            if (!http.IsNamed())
                _governor.NoteUnknown(http.Knocks("mcp", string.Join(' ', new[] { http.Request.Path.Value, HeaderCheck.Single(headers, "Mcp-Method"), HeaderCheck.Single(headers, "Mcp-Name") }.Where(part => part is not null))));
            return http.Presented().Signature is SignatureVerdict.Refused verdict ? Own(StatusCodes.Status401Unauthorized, verdict.Reason.Code, verdict.Detail)
                : Own(StatusCodes.Status401Unauthorized, DoorCodes.CredentialRefused, "The credential was not accepted.") with { Header = ("WWW-Authenticate", "Bearer") };
        }

        using var pass = _governor.TryEnter(caller);
        if (pass is null)
            return Slower();
        // Sent twice, a task token names no task and is refused; taken for absent it would open another task than the agent meant.
        var task = headers.TryGetValue("Writ-Task", out var tokens) ? tokens.ToString() : null;
        var chain = headers.TryGetValue(PresentedChain.Header, out var links) ? PresentedChain.Read(links.ToString(), HeaderCheck.Single(headers, PresentedChain.ProofHeader)) : null;
        if (task is not null || chain is not null)
            caller = _governor.Under(caller, chain, task);
        if (server is not null && !_governor.Reaches(caller, server))
            return Own(StatusCodes.Status404NotFound, DoorCodes.ServerUnknown, "There is no such server for this agent.");

        if (HttpMethods.IsDelete(http.Request.Method) && HeaderCheck.Single(headers, SessionHeader) is { } ending)
            return _legacy.Close(caller, server, ending);
        if (!HttpMethods.IsPost(http.Request.Method))
            return Own(StatusCodes.Status405MethodNotAllowed, DoorCodes.RequestUnreadable, "This address takes POST.") with { Header = ("Allow", "POST, DELETE") };
        if (!http.Request.HasJsonContentType())
            return Unreadable(StatusCodes.Status415UnsupportedMediaType, "The body is application/json.");

        if (await RequestBody.ReadAsync(http, _options.MaxBodyBytes) is not { } body)
            return Unreadable(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {_options.MaxBodyBytes} bytes.");
        var read = JsonRpcReader.Read(body.Span);
        if (read is JsonRpcRead.Refused refused)
            return DoorReply.Protocol(StatusCodes.Status400BadRequest, refused.Id, refused.Code, DoorCodes.MessageRefused, $"Not a message: {refused.Reason}.");

        var message = ((JsonRpcRead.Accepted)read).Message;
        return CurrentEra.Claims(headers, message)
            ? await _current.AnswerAsync(caller, server, message, headers, http.RequestAborted)
            : await _legacy.AnswerAsync(caller, server, message, headers, http.RequestAborted);
    }

    private bool IsOriginAllowed(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue("Origin", out var origins))
            return true;
        if (origins.Count != 1 || origins[0] is not { } origin)
            return false;
        return _options.AllowedOrigins.Contains(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));
    }

    private static DoorReply Slower() =>
        Own(StatusCodes.Status429TooManyRequests, DoorCodes.TooManyRequests, "Too many requests. Slow down.") with { Header = ("Retry-After", "1") };

    private static DoorReply Unreadable(int status, string message) =>
        DoorReply.Protocol(status, null, JsonRpcCode.InvalidRequest, DoorCodes.RequestUnreadable, message);

    private static DoorReply Own(int status, string code, string message) =>
        DoorReply.Refusal(status, null, new CallRefusal(code, message, null));
}
