using System.Net;
using System.Net.Http.Headers;
using Writ.Gateways.Mcp.Wire;
using Writ.Gateways.WebBotAuth;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// One endpoint of Streamable HTTP and the POSTs to it: no proxy, no redirects, no cookies, addresses guarded, answers
/// bounded, either one JSON object or a stream of events that ends with the answer. Thread safe.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MaxSessionId = 1_024;

    private readonly HttpServerDefinition _definition;
    private readonly HttpMessageInvoker _client;
    private readonly RequestSigner? _signer;

    /// <exception cref="ArgumentException">Requests are to be signed, and there is no key for it.</exception>
    public HttpExchange(HttpServerDefinition definition, Func<string, CancellationToken, Task<IPAddress[]>> resolve, RequestSigner? signer = null)
    {
        _definition = definition;
        _signer = !definition.Sign ? null : signer ?? throw new ArgumentException("nothing signs", nameof(signer));
        _client = new HttpMessageInvoker(new AddressGuard(definition.AllowedAddresses, resolve).CreateHandler(TimeSpan.FromSeconds(10)));
    }

    /// <summary>
    /// Posts a message. With an id, reads on until its answer; every other message on the way goes to <paramref name="aside"/>.
    /// Throws only when <paramref name="cancellationToken"/> fires.
    /// </summary>
    public async Task<HttpReply> PostAsync(
        byte[] message, JsonRpcId? id, IEnumerable<KeyValuePair<string, string>> headers, Func<JsonRpcRead, ValueTask> aside, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _definition.Endpoint) { Content = new ByteArrayContent(message) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        Add(request, headers);
        _signer?.Sign(request, message);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return await ReadAsync(response, id, aside, cancellationToken);
        }
        catch (HttpRequestException e) when (Refusal(e) is { } refused)
        {
            return Broken(UpstreamFailure.Refused, refused.Message, mayHaveActed: false);
        }
        catch (HttpRequestException e)
        {
            var before = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return Broken(before ? UpstreamFailure.NotStarted : UpstreamFailure.Died, $"the request failed ({e.HttpRequestError})", !before);
        }
        catch (IOException)
        {
            return Broken(UpstreamFailure.Died, "the connection broke before the answer ended", mayHaveActed: true);
        }
        catch (ObjectDisposedException)
        {
            return Broken(UpstreamFailure.Closed, "Writ closed the server", mayHaveActed: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken(UpstreamFailure.NotStarted, "no connection within 10 s", mayHaveActed: false);
        }
    }

    /// <summary>Ends a session at the server; whether that works is the server's affair.</summary>
    public async Task DeleteAsync(IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, _definition.Endpoint);
        Add(request, headers);
        _signer?.Sign(request, default);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The session dies with the server's own time-out instead.
        }
    }

    public void Dispose() => _client.Dispose();

    private void Add(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in _definition.Headers.Concat(headers))
            request.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<HttpReply> ReadAsync(HttpResponseMessage response, JsonRpcId? id, Func<JsonRpcRead, ValueTask> aside, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var max = _definition.Limits.MaxMessageBytes;
        var type = response.Content.Headers.ContentType?.MediaType;
        if (id is not { } wanted || type is not ("application/json" or "text/event-stream"))
            return new HttpReply.Bare(status);

        var session = response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.First() : null;
        if (session is not null && (session.Length is 0 or > MaxSessionId || session.AsSpan().ContainsAnyExceptInRange('!', '~')))
            return Broken(UpstreamFailure.Garbage, "the session id is not 1 to 1024 visible ASCII characters", mayHaveActed: true);

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        JsonRpcMessage? answer = null;
        async ValueTask<bool> Take(ReadOnlyMemory<byte> bytes)
        {
            var read = JsonRpcReader.Read(bytes.Span);
            answer = read switch
            {
                JsonRpcRead.Accepted { Message: JsonRpcMessage.Result result } when result.Id == wanted => result,
                JsonRpcRead.Accepted { Message: JsonRpcMessage.Error error } when error.Id == wanted || (error.Id is null && status >= 400) => error,
                _ => null,
            };
            if (answer is null)
                await aside(read);
            return answer is not null;
        }

        var end = SseReader.End.Closed;
        if (type == "text/event-stream")
            end = await new SseReader(max, 4L * max).ReadAsync(body, Take, cancellationToken);
        else if (await ReadAllAsync(body, max, cancellationToken) is { } whole)
            await Take(whole);
        else
            end = SseReader.End.TooLarge;

        if (answer is not null)
            return new HttpReply.Answer(answer, status, session);
        if (end == SseReader.End.TooLarge)
            return Broken(UpstreamFailure.TooLarge, $"the answer is longer than {max} bytes", mayHaveActed: true);
        return status >= 400 ? new HttpReply.Bare(status)
            : type == "text/event-stream" ? Broken(UpstreamFailure.Died, "the stream ended without an answer", mayHaveActed: true)
            : Broken(UpstreamFailure.Garbage, "the answer is not a JSON-RPC answer to the request", mayHaveActed: true);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(Stream stream, int max, CancellationToken cancellationToken)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > max)
                return null;
        }
    }

    private static AddressRefusedException? Refusal(Exception? e) => e switch
    {
        null => null,
        AddressRefusedException refused => refused,
        _ => Refusal(e.InnerException),
    };

    private static HttpReply.Broken Broken(UpstreamFailure kind, string detail, bool mayHaveActed) =>
        new(new UpstreamAnswer.Failed(kind, detail, mayHaveActed));
}
