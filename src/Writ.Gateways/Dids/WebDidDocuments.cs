using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Credentials;
using Writ.Governance.Policies.Remote;
using Writ.Identity.Dids;

namespace Writ.Gateways.Dids;

/// <summary>
/// Fetches the documents of <c>did:web</c>: over https, without redirect, cookie or proxy, at most <see cref="DidDocument.MaxBytes"/> within
/// <see cref="Patience"/>, and only from public addresses or those that a registration allows, checked as they
/// are connected to (T59). Thread safe.
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

    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly RemoteCertificateValidationCallback? _trust;
    private readonly ConcurrentDictionary<string, KnownDocument> _known = new(StringComparer.Ordinal);

    public WebDidDocuments(TimeProvider time)
        : this(time, Dns.GetHostAddressesAsync, null)
    {
    }

    internal WebDidDocuments(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve, RemoteCertificateValidationCallback? trust) =>
        (_time, _resolve, _trust) = (time, resolve, trust);

    /// <inheritdoc/>
    public async ValueTask<DidDocument?> FindAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        // What one registration allows is nothing that another may see by.
        var name = $"{did} {string.Join(',', allowedAddresses)}";
        if (!_known.TryGetValue(name, out var known))
        {
            if (_known.Count >= MaxDocuments)
                ForgetOldest();
            known = _known.GetOrAdd(name, static _ => new KnownDocument());
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
                // Whoever asked may go away; what was begun for it is remembered all the same.
                var (document, _) = await FetchAsync(did, allowedAddresses, CancellationToken.None);
                known.Take(document, _time.GetUtcNow());
            }

            return known.Current(_time.GetUtcNow());
        }
        finally
        {
            known.Turn.Release();
        }
    }

    // A registration that is over leaves its document behind; so may one that was made anew again and again.
    private void ForgetOldest()
    {
        foreach (var (name, _) in _known.Where(known => known.Value.Turn.CurrentCount > 0).OrderBy(known => known.Value.ReadAt).Take(MaxDocuments / 10).ToArray())
            _known.TryRemove(name, out _);
    }

    /// <inheritdoc/>
    public async ValueTask<(DidDocument? Document, string Obstacle)> FetchAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (did.DocumentAddress is not { } address)
            return (null, "only a did:web has a document elsewhere");
        if (DidCredentials.AddressObstacle(allowedAddresses) is { } unfit)
            return (null, unfit);
        // A connection of its own each time: a document is asked for every five minutes at most, every 30 s where it cannot be had.
        using var http = Client(allowedAddresses);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/did+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
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
        foreach (var known in _known.Values)
            known.Dispose();
    }

    private HttpMessageInvoker Client(ImmutableArray<string> allowedAddresses)
    {
        ImmutableArray<IPNetwork> allowed = [.. allowedAddresses.Select(address => AllowedNetwork.TryRead(address, out var network) ? network : throw new FormatException("no network"))];
        var handler = new AddressGuard(allowed, _resolve).CreateHandler(Patience);
        (handler.MaxConnectionsPerServer, handler.MaxResponseDrainSize) = (1, 0);
        handler.SslOptions.RemoteCertificateValidationCallback = _trust;
        return new HttpMessageInvoker(handler);
    }

    private static string Refused(string address) => $"{address} leads to a loopback, private or special address that allowed_addresses does not name";
}
