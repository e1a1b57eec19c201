using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Writ.Gateways.Credentials;
using Writ.Gateways.Mcp;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Otlp;

/// <summary>
/// <c>POST /otlp/v1/traces</c>: takes the spans that agents report of themselves (OTLP 1.x over HTTP, protobuf or JSON, plain or gzip). They are
/// evidence of what an agent says and nothing more: no span decides, permits or settles anything. Thread safe.
/// </summary>
public sealed class OtlpDoor(Authenticator authenticator, AdmissionControl admission, TelemetryService telemetry)
{
    /// <summary>The longest body as it is sent, in bytes.</summary>
    public const int MaxBodyBytes = 4 << 20;

    /// <summary>The longest body once it is unpacked, in bytes.</summary>
    public const int MaxUnpackedBytes = 8 << 20;

    /// <summary>Serves one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var encoding = EncodingOf(http);
        var answer = new OtlpAnswer(http, encoding ?? OtlpEncoding.Json);
        var caller = authenticator.Authenticate(http.Presented());
        if (caller is not (Caller.AgentCaller or Caller.EnforcementPointCaller))
        {
            await (admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown")
                ? answer.RefuseAsync(401, ReasonCodes.CredentialRefused.Code, "Agents and enforcement points are answered here: send 'Authorization: Bearer <key>'.")
                : answer.RefuseAsync(429, ReasonCodes.TooManyRequests.Code, "Too many requests without an accepted credential came from this address."));
            return;
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        await (pass is null
            ? answer.RefuseAsync(429, ReasonCodes.TooManyRequests.Code, "This credential or its organization sends too much at once.")
            : encoding is not { } known
                ? answer.RefuseAsync(415, OtlpCodes.WrongType, "The body is application/x-protobuf or application/json.")
                : TakeAsync(http, caller, known, answer));
    }

    private async Task TakeAsync(HttpContext http, Caller caller, OtlpEncoding encoding, OtlpAnswer answer)
    {
        var packing = http.Request.Headers.ContentEncoding.ToString();
        if (packing is not ("" or "identity" or "gzip"))
        {
            await answer.RefuseAsync(415, OtlpCodes.WrongType, "The body is sent plain or with Content-Encoding: gzip.");
            return;
        }

        if (await RequestBody.ReadAsync(http, MaxBodyBytes) is not { } sent)
        {
            await answer.RefuseAsync(413, OtlpCodes.TooLong, "The body is longer than 4 MiB: send fewer spans at once.");
            return;
        }

        SpanBatch batch;
        try
        {
            if ((packing == "gzip" ? await UnpackAsync(sent, http.RequestAborted) : sent) is not { } body)
            {
                await answer.RefuseAsync(413, OtlpCodes.TooLong, "The body unpacks to more than 8 MiB: send fewer spans at once.");
                return;
            }

            batch = encoding == OtlpEncoding.Json ? OtlpJson.Read(body) : OtlpProtobuf.Read(body.Span);
        }
        catch (InvalidDataException problem)
        {
            await answer.RefuseAsync(400, OtlpCodes.Unreadable, $"The body could not be read: {problem.Message}.");
            return;
        }

        if (batch.IsTooLong)
            await answer.RefuseAsync(413, OtlpCodes.TooLong, $"There are more than {SpanLimits.Spans} spans: send fewer at once.");
        else if (!admission.TryTakeSpans(caller.Organization.Id, caller.KeyId, batch.Spans.Count + batch.Rejected))
            await answer.RefuseAsync(429, ReasonCodes.TooManyRequests.Code, "This credential or its organization sends too many spans.");
        else
            await RecordAsync(http, caller, batch, answer);
    }

    private async Task RecordAsync(HttpContext http, Caller caller, SpanBatch batch, OtlpAnswer answer)
    {
        switch (await telemetry.RecordAsync(caller, http.Request.Headers["Writ-Task"].ToString(), batch.Spans))
        {
            case TelemetryOutcome.Taken taken:
                await answer.TakeAsync(batch.Rejected + taken.Rejected, batch.Problem ?? taken.Problem);
                break;
            case TelemetryOutcome.TaskRefused:
                await answer.RefuseAsync(403, ReasonCodes.TaskRefused.Code, ReasonCodes.TaskRefused.AgentMessage);
                break;
            case TelemetryOutcome.NotRecorded:
                await answer.RefuseAsync(503, ReasonCodes.NotRecorded.Code, "The spans could not be recorded. Try again later.");
                break;
            default:
                throw new InvalidOperationException();
        }
    }

    private static OtlpEncoding? EncodingOf(HttpContext http) =>
        !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? null
        : type.MediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Protobuf
        : type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json
        : null;

    /// <summary>The body unpacked; null as soon as it is longer than <see cref="MaxUnpackedBytes"/>, however little it was packed.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> UnpackAsync(ReadOnlyMemory<byte> packed, CancellationToken cancellation)
    {
        using var unpacked = new MemoryStream();
        await using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await gzip.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (unpacked.Length + read > MaxUnpackedBytes)
                return null;
            unpacked.Write(buffer, 0, read);
        }

        return unpacked.ToArray();
    }
}
