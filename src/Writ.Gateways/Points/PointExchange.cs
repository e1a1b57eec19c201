using System.Net;
using System.Net.Http.Headers;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Policies.Remote;

namespace Writ.Gateways.Points;

/// <summary>
/// The connections to one decision point: no proxy, no redirects, no cookies, addresses guarded, answers bounded and read strictly. Whatever
/// goes wrong is a value. Thread safe.
/// </summary>
internal sealed class PointExchange
{
    /// <summary>The longest answer, in bytes.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    private readonly DecisionPoint _point;
    private readonly PointSecrets _secrets;
    private readonly HttpMessageInvoker _client;

    public PointExchange(DecisionPoint point, PointSecrets secrets, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_point, _secrets) = (point, secrets);
        var handler = new AddressGuard(point.Networks(), resolve).CreateHandler(TimeSpan.FromMilliseconds(DecisionPoint.MaxTimeout));
        (handler.MaxConnectionsPerServer, handler.MaxResponseHeadersLength, handler.MaxResponseDrainSize) = (point.Concurrency, 16, 0);
        _client = new HttpMessageInvoker(handler);
    }

    /// <summary>Asks. Throws only when <paramref name="cancellation"/> fires.</summary>
    public async ValueTask<PointReply> AskAsync(PointQuestion question, CancellationToken cancellation)
    {
        if (QuestionBody.Of(question) is not { } body)
            return No(PointFailure.QuestionTooLong, $"the question is longer than {QuestionBody.MaxBytes} bytes");
        using var request = new HttpRequestMessage(HttpMethod.Post, _point.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("X-Request-ID", question.Request.Id.ToString());
        if (_point.SecretHeader is { } header)
        {
            if (_secrets.Find(question.Request.Facts.Organization, _point.Name) is not { } secret)
                return No(PointFailure.Secret, $"{PointSecrets.VariableOf(question.Request.Facts.Organization, _point.Name)} is not set, or holds what no header can carry");
            request.Headers.TryAddWithoutValidation(header, secret);
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellation);
            return await ReadAsync(response, cancellation);
        }
        catch (HttpRequestException e) when (Refusal(e) is { } refused)
        {
            return No(PointFailure.AddressRefused, refused.Message);
        }
        catch (HttpRequestException e)
        {
            return No(e.HttpRequestError == HttpRequestError.SecureConnectionError ? PointFailure.Tls : PointFailure.Unreachable, $"the request failed ({e.HttpRequestError})");
        }
        catch (IOException)
        {
            return No(PointFailure.Unreachable, "the connection broke before the answer ended");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return No(PointFailure.TimedOut, "no connection in time");
        }
    }

    private async ValueTask<PointReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status != 200)
        {
            var failure = status is >= 300 and < 400 ? PointFailure.Redirect : status is 400 or 413 or 422 ? PointFailure.QuestionRefused : PointFailure.Status;
            return No(failure, $"HTTP status {status}");
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/json" || response.Content.Headers.ContentEncoding.Count > 0)
            return No(PointFailure.MediaType, "the answer is not plain application/json");
        if (response.Content.Headers.ContentLength > MaxAnswerBytes)
            return TooLong();

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxAnswerBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxAnswerBytes ? TooLong() : AnswerReading.Read(_point.Kind, buffer.AsSpan(0, length));
    }

    private static AddressRefusedException? Refusal(Exception? e) => e switch
    {
        null => null,
        AddressRefusedException refused => refused,
        _ => Refusal(e.InnerException),
    };

    private static PointReply.NoAnswer TooLong() => No(PointFailure.TooLong, $"the answer is longer than {MaxAnswerBytes} bytes");

    private static PointReply.NoAnswer No(PointFailure failure, string detail) => new(failure, detail);
}
