using System.Net;
using System.Net.Http.Headers;
using Writ.Cli.Api;
using Writ.Ledger;
using Writ.Ledger.Tiles;

namespace Writ.Cli.Ledgers;

/// <summary>
/// Reads a log that is served over HTTP (C2SP tlog-tiles). No redirect is followed and no proxy used towards this machine, so that the
/// token goes to the named server only; every answer is bounded in time and, unpacked, in length. Thread safe.
/// </summary>
internal sealed class HttpLogReader : ILogReader, IDisposable
{
    private const int LongestAnswer = 17 * 1024 * 1024; // a full bundle of the longest entries
    private readonly HttpClient _http;
    private readonly Uri _prefix;

    /// <param name="prefix">The log's prefix, ending in a slash.</param>
    /// <param name="token">Sent with every request; null for a log that is open to all.</param>
    public HttpLogReader(Uri prefix, ApiToken? token)
    {
        _prefix = prefix;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !prefix.IsLoopback,
            AutomaticDecompression = DecompressionMethods.GZip,
            MaxConnectionsPerServer = 8,
        })
        {
            Timeout = ApiClient.CallTimeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
    }

    public async ValueTask<ReadResult> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        var address = new Uri(_prefix, path);
        try
        {
            using var response = await _http.GetAsync(address, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return ReadResult.Failed(new LedgerFault(LedgerFaultKind.NotFound, $"{address} is not there"));
            if (response.StatusCode == HttpStatusCode.Gone)
                return ReadResult.Failed(new LedgerFault(LedgerFaultKind.RecordPruned, $"{address} was pruned"));
            if (response.StatusCode != HttpStatusCode.OK)
                return Unreadable(address, response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "it does not take your token" : $"HTTP {(int)response.StatusCode}");
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return bytes.Length <= maxBytes ? ReadResult.Found(bytes) : Unreadable(address, $"it is longer than the {maxBytes} bytes it may have");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreadable(address, $"no answer within {ApiClient.CallTimeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException failure)
        {
            return Unreadable(address, failure.GetBaseException().Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ReadResult Unreadable(Uri address, string why) =>
        ReadResult.Failed(new LedgerFault(LedgerFaultKind.LogUnreadable, $"{address}: {why}"));
}
