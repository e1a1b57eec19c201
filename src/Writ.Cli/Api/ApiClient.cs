using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Api;

/// <summary>
/// Speaks Writ's HTTP API, version 1. Every call ends within <see cref="CallTimeout"/>; no redirect is followed and no proxy used
/// towards this machine, so that the token goes to the named server only; an answer that echoes it does not get it shown. Thread safe.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    /// <summary>The longest a call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private readonly HttpClient _http;
    private readonly ApiToken _token;

    public ApiClient(Uri server, ApiToken token)
    {
        Server = server;
        _token = token;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !server.IsLoopback,
        };
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = CallTimeout, MaxResponseContentBufferSize = MaxAnswerBytes };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
    }

    public Uri Server { get; }

    public Task<ApiResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, answer, cancellation);

    public Task<ApiResult<T>> PostAsync<T>(string path, JsonNode? body, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, body, answer, cancellation);

    /// <summary>Sends JSON lines as they are.</summary>
    public Task<ApiResult<T>> PostLinesAsync<T>(string path, byte[] lines, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, lines, "application/jsonl", answer, cancellation);

    /// <summary>A reader of one of the organization's logs, with the same token; dispose it.</summary>
    public HttpLogReader LogReader(string log) => new(new Uri(Server, $"/log/{log}/"), _token);

    public Task<ApiResult<T>> PutAsync<T>(string path, JsonNode? body, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, body, answer, cancellation);

    public Task<ApiResult<T>> DeleteAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, path, null, answer, cancellation);

    /// <summary>
    /// Follows a stream of server-sent events until it ends: each record, or once and last what went wrong. <paramref name="seen"/> is told how far the
    /// stream has come.
    /// </summary>
    public async IAsyncEnumerable<(TailEvent? Came, Trouble? Trouble)> TailAsync(string path, string? last, Action<string> seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (response, trouble) = await OpenAsync(path, last, cancellation);
        using var closing = response;
        if (response is null)
        {
            yield return (null, trouble);
            yield break;
        }

        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(cancellation));
        await using var events = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveAsync(events))
        {
            if (!ulong.TryParse(parser.LastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out _) || Record(events.Current.Data) is not { } record)
            {
                yield return (null, new Trouble(ExitCode.Failed, $"{Server} sent something this command does not understand"));
                yield break;
            }

            seen(parser.LastEventId);
            yield return (new TailEvent(parser.LastEventId, record), null);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpResponseMessage? Response, Trouble? Trouble)> OpenAsync(string path, string? last, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (last is not null)
                request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
                return (response, null);
            using (response)
                return (null, ProblemReader.Read(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation), Server, _token));
        }
        catch (OperationCanceledException)
        {
            return (null, new Trouble(ExitCode.Failed, cancellation.IsCancellationRequested ? "interrupted" : $"{Server} did not answer within {CallTimeout.TotalSeconds:0} s"));
        }
        catch (HttpRequestException failure)
        {
            return (null, Unreachable(failure));
        }
    }

    /// <summary>False at the end of a stream, however it ended.</summary>
    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static JsonObject? Record(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task<ApiResult<T>> SendAsync<T>(HttpMethod method, string path, JsonNode? body, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(method, path, body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.JsonNode), "application/json", answer, cancellation);

    private async Task<ApiResult<T>> SendAsync<T>(HttpMethod method, string path, byte[]? body, string type, JsonTypeInfo<T> answer, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(type) } };
            using var response = await _http.SendAsync(request, cancellation);
            var text = (await response.Content.ReadAsStringAsync(cancellation)).Replace(_token.Value, "(your token)", StringComparison.Ordinal);
            return response.IsSuccessStatusCode ? Read(text, answer) : Fail<T>(ProblemReader.Read(response.StatusCode, text, Server, _token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fail<T>(new Trouble(ExitCode.Failed, $"{Server} did not answer within {CallTimeout.TotalSeconds:0} s")
            {
                Advice = "It may still do what was asked: look (for example with `writ approve`) before you ask again.",
            });
        }
        catch (OperationCanceledException)
        {
            return Fail<T>(new Trouble(ExitCode.Failed, "interrupted before the server answered"));
        }
        catch (HttpRequestException failure)
        {
            return Fail<T>(Unreachable(failure));
        }
    }

    private Trouble Unreachable(HttpRequestException failure)
    {
        var why = failure.GetBaseException() is SocketException socket
            ? socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "nothing listens there",
                SocketError.HostNotFound or SocketError.TryAgain => "there is no host of that name",
                _ => socket.Message,
            }
            : failure.GetBaseException().Message;
        return new Trouble(ExitCode.Failed, $"cannot reach {Server}: {why}")
        {
            Advice = "Start a server with `writ serve`, or name the one you mean with --server or WRIT_URL.",
        };
    }

    private ApiResult<T> Read<T>(string text, JsonTypeInfo<T> answer)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) is { } document && document.Deserialize(answer) is { } value)
                return new ApiResult<T>.Ok(value, document);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            // said below
        }

        return Fail<T>(new Trouble(ExitCode.Failed, $"{Server} answered something this command does not understand")
        {
            Advice = "Is it a Writ server, and no older than this command?",
        });
    }

    private static ApiResult<T> Fail<T>(Trouble trouble) => new ApiResult<T>.Failed(trouble);
}
