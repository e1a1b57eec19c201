using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Credentials;
using Writ.Identity.Dids;

namespace Writ.Gateways.Dids;

/// <summary>
/// Fetches the documents of <c>did:web</c>: over https, without redirect, cookie or proxy, at most <see cref="DidDocument.MaxBytes"/> within
/// <see cref="Patience"/>, and only from public addresses, checked as they are connected to (T59). Thread safe.
/// </summary>
public sealed class WebDidDocuments : IDidDocuments, IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How old a document is before it is asked for again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>How old a document may be where it cannot be had anew; then nothing is accepted by it.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    /// <summary>How long it is not asked for again after it could not be had.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>The most documents that are remembered. They are asked for only for DIDs of registered credentials.</summary>
    public const int MaxDocuments = 10_000;

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, KnownDocument> _known = new(StringComparer.Ordinal);

    public WebDidDocuments(TimeProvider time)
        : this(time, Dns.GetHostAddressesAsync, [], null)
    {
    }

    internal WebDidDocuments(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve, ImmutableArray<IPNetwork> allowed, RemoteCertificateValidationCallback? trust)
    {
        _time = time;
        var handler = new AddressGuard(allowed, resolve).CreateHandler(Patience);
        (handler.MaxConnectionsPerServer, handler.MaxResponseDrainSize) = (4, 0);
        handler.SslOptions.RemoteCertificateValidationCallback = trust;
        _http = new HttpMessageInvoker(handler);
    }

    /// <inheritdoc/>
    public async ValueTask<DidDocument?> FindAsync(Did did, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (!_known.TryGetValue(did.ToString(), out var known))
        {
            if (_known.Count >= MaxDocuments)
                return null;
            known = _known.GetOrAdd(did.ToString(), static _ => new KnownDocument());
        }

        // One of all that ask fetches; the others wait for it, each as long as it likes.
        await known.Turn.WaitAsync(cancellation);
        try
        {
            var now = _time.GetUtcNow();
            if (known.Document is null || now - known.ReadAt >= Fresh)
            {
                if (known.FailedAt is { } failed && now - failed < Pause)
                    return known.Current(now);
                var (document, _) = await FetchAsync(did, cancellation);
                known.Take(document, _time.GetUtcNow());
            }

            return known.Current(_time.GetUtcNow());
        }
        finally
        {
            known.Turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<(DidDocument? Document, string Obstacle)> FetchAsync(Did did, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (did.DocumentAddress is not { } address)
            return (null, "only a did:web has a document elsewhere");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/did+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return (null, $"{address} answers {(int)response.StatusCode}; redirects are not followed");
            if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/did+json" or "application/did+ld+json" or "application/ld+json") || response.Content.Headers.ContentEncoding.Count > 0)
                return (null, $"{address} answers no JSON");
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            var buffer = new byte[DidDocument.MaxBytes + 1];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token);
            return DidDocument.TryRead(buffer.AsMemory(0, length), did, out var document, out var obstacle) ? (document, "") : (null, obstacle);
        }
        catch (AddressRefusedException)
        {
            return (null, Refused(address));
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, problem.InnerException is AddressRefusedException ? Refused(address) : $"{address} does not answer within {Patience.TotalSeconds:0} s, or not over TLS that this machine trusts");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        foreach (var known in _known.Values)
            known.Dispose();
    }

    private static string Refused(string address) => $"{address} leads to a loopback, private or special address";
}
