using System.Net;
using System.Text.Json;
using Writ.Cli.Terminal;

namespace Writ.Cli.Api;

/// <summary>Turns an error answer (RFC 9457) into what a person should know and do.</summary>
internal static class ProblemReader
{
    public static Trouble Read(HttpStatusCode status, string body, Uri server, ApiToken token)
    {
        var problem = Parse(body);
        return new Trouble(ExitFor(status), Message(problem, status, server))
        {
            Code = problem?.Code,
            Spots = [.. (problem?.Problems ?? []).Select(p => new TroubleSpot(p.File ?? "", p.Line, p.Column, p.Message ?? "", p.Code)), .. (problem?.Lines ?? []).Select(p => new TroubleSpot("line", p.Line, 1, p.Detail ?? ""))],
            Advice = Advice(status, token, server),
        };
    }

    private static ProblemDocument? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.ProblemDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Message(ProblemDocument? problem, HttpStatusCode status, Uri server) => problem switch
    {
        { Title: { Length: > 0 } title, Detail: { Length: > 0 } detail } => $"{title.TrimEnd('.')}: {detail}",
        { Title: { Length: > 0 } title } => title,
        { Detail: { Length: > 0 } detail } => detail,
        _ => $"{server} answered HTTP {(int)status}",
    };

    private static ExitCode ExitFor(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.Conflict => ExitCode.No,
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => ExitCode.Failed,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ExitCode.BadInput,
        _ => ExitCode.Failed,
    };

    private static string? Advice(HttpStatusCode status, ApiToken token, Uri server) => status switch
    {
        HttpStatusCode.Unauthorized => $"The token came from {token.Source}. Is it the token of the installation at {server}?",
        HttpStatusCode.TooManyRequests => "Wait a moment and ask again.",
        >= HttpStatusCode.InternalServerError => "The server's log says more.",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => "It points elsewhere, and redirects are not followed: name the server itself with --server.",
        _ => null,
    };
}
