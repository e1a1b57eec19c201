using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Remote;

namespace Writ.Gateways.FactSources;

/// <summary>
/// Asks a URL for a fact: GET, no redirect, no cookie, no proxy, no credential, at most <see cref="MaxBytes"/>, and only at addresses that the
/// declaration allows or that are public (T59). Thread safe.
/// </summary>
public sealed class HttpFactClient(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : IFactClient
{
    /// <summary>The largest answer, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    // A client of its own for each declaration, as long as a snapshot holds it: what one may reach, another may not.
    private readonly ConditionalWeakTable<FactSource, HttpMessageInvoker> _clients = new();

    /// <inheritdoc/>
    public async ValueTask<FactAnswer> AskAsync(FactQuery query, ActionRequest asker, CancellationToken cancellation)
    {
        if (query.Url is not { } url)
            return new FactAnswer.Unavailable("the key cannot stand in a URL");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _clients.GetValue(query.Source, Connect).SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
                return new FactAnswer.Unavailable($"the source answered with status {(int)response.StatusCode}");
            if (response.Content.Headers.ContentType?.MediaType != "application/json" || response.Content.Headers.ContentEncoding.Count > 0)
                return new FactAnswer.Unavailable("the answer is not plain application/json");
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[MaxBytes + 1];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (length > MaxBytes)
                return new FactAnswer.Unavailable($"the answer has more than {MaxBytes} bytes");
            return FactJson.Read(buffer.AsMemory(0, length)) is { } value
                ? new FactAnswer.Answered(value, url.Host)
                : new FactAnswer.Unavailable("the answer is not a JSON object");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or AddressRefusedException)
        {
            return new FactAnswer.Unavailable(problem is AddressRefusedException || problem.InnerException is AddressRefusedException
                ? "the source has an address that its declaration does not allow" : "the source could not be reached");
        }
    }

    private HttpMessageInvoker Connect(FactSource source)
    {
        var guard = new AddressGuard([.. source.Declaration.AllowedNetworks.Select(Network)], resolve ?? Dns.GetHostAddressesAsync);
        var handler = guard.CreateHandler(source.Timeout);
        (handler.MaxConnectionsPerServer, handler.MaxResponseDrainSize) = (32, 0);
        return new HttpMessageInvoker(handler);
    }

    private static IPNetwork Network(string text) =>
        AllowedNetwork.TryRead(text, out var network) ? network : throw new InvalidOperationException($"'{text}' was checked before and is no network");
}
