using System.Globalization;
using System.Net;
using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;

namespace Writ.Gateways.Otlp;

/// <summary>
/// Sends the decisions and effects of a feed to a collector as spans (OTLP over HTTP, protobuf). What the collector says it will never take is counted
/// and left; everything else is tried again by the feed. One organization's; called from one place at a time.
/// </summary>
/// <param name="http">The client; follows no redirect and reads only short answers.</param>
/// <param name="endpoint">Where spans go, path and all.</param>
/// <param name="headers">Sent with each request, secrets too; never told.</param>
/// <param name="find">The record of a decision of before this batch; null where it is not to be found any more.</param>
public sealed class OtlpSink(
    HttpClient http, Uri endpoint, IReadOnlyList<(string Name, string Value)> headers, Func<OrganizationId, DecisionId, CancellationToken, ValueTask<JsonElement?>> find) : IFeedSink
{
    private long _sent;
    private long _dropped;

    /// <summary>Spans that the collector took since the start.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Spans that the collector will never take, or whose decision is not to be found any more, since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>What the collector said when it last refused spans for good; null where it never did.</summary>
    public string? LastRefusal { get; private set; }

    public async ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        var spans = await SpansAsync(batch, cancellation);
        if (spans.Count == 0)
            return FeedDelivery.Done.Instance;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
            request.Content = new ReadOnlyMemoryContent(Request(batch.Organization, spans)) { Headers = { ContentType = new("application/x-protobuf") } };
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            return await AnsweredAsync(response, spans.Count, cancellation);
        }
        catch (HttpRequestException failure)
        {
            return new FeedDelivery.Failed(FeedCodes.NotTaken, $"the collector was not reached: {failure.GetBaseException().Message}");
        }
    }

    /// <summary>The spans of a batch: an effect's needs its decision, which mostly lies in the same batch.</summary>
    private async ValueTask<List<SpanWriter>> SpansAsync(FeedBatch batch, CancellationToken cancellation)
    {
        var (spans, decisions) = (new List<SpanWriter>(batch.Records.Length), new Dictionary<Guid, JsonElement>());
        foreach (var stored in batch.Records)
        {
            var record = JsonElement.Parse(stored.Bytes.Span);
            switch (record.GetProperty("kind").GetString())
            {
                case "decision":
                    decisions[record.GetProperty("id").GetGuid()] = record;
                    spans.Add(RecordSpans.OfDecision(record, batch.Origin, stored.Index));
                    break;
                case "effect":
                    var id = record.GetProperty("decision").GetGuid();
                    if (decisions.TryGetValue(id, out var decision) || await find(batch.Organization, new DecisionId(id), cancellation) is { } found && (decision = found).ValueKind == JsonValueKind.Object)
                        spans.Add(RecordSpans.OfEffect(record, decision, batch.Origin, stored.Index));
                    else
                        Interlocked.Increment(ref _dropped);
                    break;
            }
        }

        return spans;
    }

    private static ReadOnlyMemory<byte> Request(OrganizationId organization, List<SpanWriter> spans)
    {
        var (resource, scope, scopeSpans, resourceSpans, request) = (new ProtobufWriter(), new ProtobufWriter(), new ProtobufWriter(), new ProtobufWriter(), new ProtobufWriter());
        foreach (var (name, text) in new[] { ("service.name", "writ"), ("writ.organization", organization.ToString()) })
        {
            var value = new ProtobufWriter();
            value.Text(1, text);
            resource.Bytes(1, SpanWriter.Pair(name, value.Written).Written);
        }

        scope.Text(1, "writ.decisions");
        scopeSpans.Bytes(1, scope.Written);
        foreach (var span in spans)
            scopeSpans.Bytes(2, span.Written);
        resourceSpans.Bytes(1, resource.Written);
        resourceSpans.Bytes(2, scopeSpans.Written);
        request.Bytes(1, resourceSpans.Written);
        return request.WrittenMemory;
    }

    /// <summary>What an answer means (OTLP 1.x, "OTLP/HTTP Response"). A wrong address or credential is set right by people, so it is tried again as well.</summary>
    private async ValueTask<FeedDelivery> AnsweredAsync(HttpResponseMessage response, int count, CancellationToken cancellation)
    {
        switch (response.StatusCode)
        {
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices:
                var rejected = Rejected(await response.Content.ReadAsByteArrayAsync(cancellation));
                Interlocked.Add(ref _sent, count - rejected);
                Drop(rejected, "the collector rejected spans of a batch it took");
                return FeedDelivery.Done.Instance;
            case HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType:
                Drop(count, string.Create(CultureInfo.InvariantCulture, $"the collector answered a batch with HTTP {(int)response.StatusCode}"));
                return FeedDelivery.Done.Instance;
            default:
                return new FeedDelivery.Failed(
                    FeedCodes.NotTaken, string.Create(CultureInfo.InvariantCulture, $"the collector answered with HTTP {(int)response.StatusCode}"), response.Headers.RetryAfter?.Delta);
        }
    }

    private void Drop(int count, string why)
    {
        if (count == 0)
            return;
        Interlocked.Add(ref _dropped, count);
        LastRefusal = why;
    }

    /// <summary>How many spans an answer says were rejected; none where it cannot be read.</summary>
    private static int Rejected(byte[] answer)
    {
        try
        {
            var reader = new ProtobufReader(answer);
            while (reader.MoveNext())
            {
                if (reader.Field != 1)
                    continue;
                var partial = new ProtobufReader(reader.Bytes());
                while (partial.MoveNext())
                {
                    if (partial.Field == 1)
                        return (int)Math.Min(partial.Number(), int.MaxValue);
                }
            }
        }
        catch (InvalidDataException)
        {
            // An answer in words of its own is a yes all the same.
        }

        return 0;
    }
}
