using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.OpenId;

/// <summary>
/// Speaks to one OpenID provider: no redirect, no cookie, no proxy, at most <see cref="MaxBytes"/> within <see cref="Patience"/>, and only at
/// addresses that are public or allowed; without TLS only at those that are allowed (T59). Thread safe.
/// </summary>
public sealed class OpenIdTransport : IDisposable
{
    /// <summary>The largest answer, in bytes.</summary>
    public const int MaxBytes = 512 << 10;

    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http;

    public OpenIdTransport(ImmutableArray<IPNetwork> allowed, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var handler = new AddressGuard(allowed, resolve ?? Dns.GetHostAddressesAsync).CreateHandler(Patience);
        (handler.MaxConnectionsPerServer, handler.MaxResponseDrainSize) = (8, 0);
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>A JSON document; null where there is none to be had.</summary>
    public Task<byte[]?> GetAsync(Uri url, CancellationToken cancellation) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url), cancellation);

    /// <summary>What is answered to a form; null where that is no JSON document, or a refusal.</summary>
    public Task<byte[]?> PostAsync(Uri url, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? authorization, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form), Headers = { Authorization = authorization } }, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<byte[]?> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        using var request = message;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            // A set of keys has a media type of its own (RFC 7517, section 8.5.2).
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/jwk-set+json")
                || response.Content.Headers.ContentEncoding.Count > 0)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            var buffer = new byte[MaxBytes + 1];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token);
            return length > MaxBytes ? null : buffer[..length];
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or AddressRefusedException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
