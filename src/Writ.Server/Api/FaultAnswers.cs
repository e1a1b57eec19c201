using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Writ.Server.Api;

/// <summary>
/// The last line: a request that could not be read becomes a located problem, a bug becomes a problem that says nothing of its inside, and
/// a path that nobody serves becomes a 404. Never a stack trace.
/// </summary>
internal sealed class FaultAnswers(RequestDelegate next, ILogger<FaultAnswers> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { StatusCode: 404 or 405 or 415, HasStarted: false } && http.Response.ContentLength is null)
                await Problem.Of(ApiError.NotFound with { Status = http.Response.StatusCode }, "Writ serves nothing at this path with this method.").ToResult().ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (BadHttpRequestException problem) when (!http.Response.HasStarted)
        {
            await Problem.Of(ApiError.Malformed with { Status = problem.StatusCode }, Explain(problem)).ToResult().ExecuteAsync(http);
        }
        catch (NotSupportedException problem) when (problem.InnerException is NotSupportedException && !http.Response.HasStarted)
        {
            // How System.Text.Json says that an object does not name its kind.
            await Problem.Of(ApiError.Malformed, "The body is not what this route takes: an object that comes in several kinds has no 'type'.").ToResult().ExecuteAsync(http);
        }
        catch (Exception problem) when (!http.Response.HasStarted)
        {
            Log.Unexpected(logger, problem, http.TraceIdentifier);
            await Problem.Of(ApiError.Unexpected, $"The request failed inside Writ; the log has it under {http.TraceIdentifier}.").ToResult().ExecuteAsync(http);
        }
    }

    private static string Explain(BadHttpRequestException problem) =>
        problem.InnerException is JsonException json
            ? $"The body is not what this route takes, at {json.Path ?? "$"}, line {json.LineNumber + 1}: {json.Message.Split(" Path:")[0]}"
            : problem.Message;

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> UnexpectedMessage =
            LoggerMessage.Define<string>(LogLevel.Error, new EventId(9001, "Unexpected"), "Request {Request} failed");

        public static void Unexpected(ILogger logger, Exception problem, string request) => UnexpectedMessage(logger, request, problem);
    }
}
