using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;

namespace Writ.Gateways.Feeds;

/// <summary>
/// Sends a batch as one signed POST (Standard Webhooks). No proxy, no redirect, no cookie; addresses are checked on every connection. 2xx is
/// taken, 410 is the end, anything else comes again. The id of a message follows from its bytes, so the same batch has the same one. Used from one
/// place at a time.
/// </summary>
internal sealed class WebhookSink : IFeedSink, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Feed _feed;
    private readonly FeedSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    public WebhookSink(Feed feed, FeedSecrets secrets, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
    {
        (_feed, _secrets, _time) = (feed, secrets, time);
        var handler = new AddressGuard(feed.Networks(), resolve).CreateHandler(ConnectTimeout);
        (handler.MaxConnectionsPerServer, handler.MaxResponseHeadersLength, handler.MaxResponseDrainSize) = (1, 16, 0);
        _client = new HttpMessageInvoker(handler);
    }

    public async ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        if (_secrets.Find(batch.Organization, _feed.Name) is not { } keys)
        {
            return new FeedDelivery.Failed(
                FeedCodes.SecretMissing, $"{FeedSecrets.VariableOf(batch.Organization, _feed.Name)} is not set, or is not one or two secrets 'whsec_' and Base64 of 24 to 64 bytes");
        }

        try
        {
            using var request = Request(batch, keys);
            using var response = await _client.SendAsync(request, cancellation);
            return Read(response);
        }
        catch (HttpRequestException e) when (RefusalIn(e) is { } refused)
        {
            return new FeedDelivery.Failed(FeedCodes.PlaceRefused, refused.Message);
        }
        catch (HttpRequestException e)
        {
            return new FeedDelivery.Failed(e.HttpRequestError == HttpRequestError.SecureConnectionError ? FeedCodes.PlaceRefused : FeedCodes.NotTaken, $"the request failed ({e.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new FeedDelivery.Failed(FeedCodes.NotTaken, "no connection in time");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(FeedBatch batch, ImmutableArray<byte[]> keys)
    {
        var body = OutgoingText.Batch(_feed.Format, batch);
        var id = "msg_" + Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16));
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, _feed.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(OutgoingText.MediaType(_feed.Format)) { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("User-Agent", "Writ");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(id, timestamp, body.Span, keys));
        return request;
    }

    private FeedDelivery Read(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => FeedDelivery.Done.Instance,
        410 => new FeedDelivery.Ended(FeedCodes.Gone, "HTTP status 410"),
        >= 300 and < 400 and var status => new FeedDelivery.Failed(FeedCodes.PlaceRefused, $"HTTP status {status}: redirects are not followed"),
        var status => new FeedDelivery.Failed(FeedCodes.NotTaken, $"HTTP status {status}", response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => null,
        }),
    };

    private static AddressRefusedException? RefusalIn(Exception? e) => e switch
    {
        null => null,
        AddressRefusedException refused => refused,
        _ => RefusalIn(e.InnerException),
    };
}
