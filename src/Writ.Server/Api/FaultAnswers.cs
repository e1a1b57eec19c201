using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Credentials;

namespace Writ.Server.Api;

/// <summary>
/// The last line: a request that could not be read becomes a located problem, a bug becomes a problem that says nothing of its inside, and
/// a path that nobody serves becomes a 404. Never a stack trace.
/// </summary>
internal sealed class FaultAnswers(RequestDelegate next, ILogger<FaultAnswers> logger, IHostApplicationLifetime lifetime)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Answers carry keys and evidence: nothing in between keeps them, and no browser guesses what they are.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(http);
            // The framework catches what goes wrong with a body where it binds one, and then says nothing more than a status.
            if (!http.Response.HasStarted && http.Features.Get<RequestSignature>() is { IsContentRefused: true })
                await ContentNotSigned().AnswerAsync(http);
            else if (http.Response is { HasStarted: false, ContentLength: null } && Bare(http.Response.StatusCode) is { } bare)
                await bare.AnswerAsync(http);
        }
        catch (Exception problem) when (IsGone(problem, http))
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !http.Response.HasStarted)
        {
            // Kestrel breaks off the reading of a body when it stops.
            http.Response.Headers.RetryAfter = "1";
            await Problem.Of(ApiError.Stopping, "Writ is being stopped. Look whether the request took effect, then send it again.").AnswerAsync(http);
        }
        catch (BadHttpRequestException problem) when (ContentNotSignedException.IsCauseOf(problem) && !http.Response.HasStarted)
        {
            await ContentNotSigned().AnswerAsync(http);
        }
        catch (BadHttpRequestException problem) when (!http.Response.HasStarted)
        {
            await Problem.Of(ApiError.Malformed with { Status = problem.StatusCode }, UnreadableBody.Explain(problem)).AnswerAsync(http);
        }
        catch (NotSupportedException problem) when (!http.Response.HasStarted && problem.Source == "System.Text.Json")
        {
            await Problem.Of(ApiError.Malformed, UnreadableBody.Explain(problem)).AnswerAsync(http);
        }
        catch (Exception problem)
        {
            Log.Unexpected(logger, FaultTrace.Of(problem), http.TraceIdentifier);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await Problem.Of(ApiError.Unexpected, $"The request failed inside Writ; the log has it under {http.TraceIdentifier}.").AnswerAsync(http);
        }
    }

    private static bool IsGone(Exception problem, HttpContext http) =>
        problem is ConnectionResetException || (problem is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested);

    private static Problem ContentNotSigned() => Problem.Of(ApiError.ContentNotSigned, "Content-Digest is of another content.");

    /// <summary>What the framework answers with a status alone.</summary>
    private static Problem? Bare(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Problem.Of(ApiError.Malformed with { Status = status }, "The body is longer than this route takes."),
        StatusCodes.Status404NotFound => Problem.Of(ApiError.NotFound, "Writ serves nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(ApiError.WrongMethod, "This path takes other methods: see Allow."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(ApiError.WrongMediaType, "The body is application/json."),
        _ => null,
    };

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> UnexpectedMessage =
            LoggerMessage.Define<string, string>(LogLevel.Error, new EventId(9001, "Unexpected"), "Request {Request} failed: {Fault}");

        public static void Unexpected(ILogger logger, string fault, string request) => UnexpectedMessage(logger, request, fault, null);
    }
}
