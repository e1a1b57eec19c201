using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Gateways.Otlp;

/// <summary>Answers in the encoding of the request: <c>ExportTraceServiceResponse</c>, or for a refusal <c>google.rpc.Status</c>.</summary>
internal sealed class OtlpAnswer(HttpContext http, OtlpEncoding encoding)
{
    /// <summary>Everything was read. What was rejected must not be sent again.</summary>
    /// <param name="rejected">How many spans.</param>
    /// <param name="problem">What is wrong with the first of them; null where there are none.</param>
    public Task TakeAsync(int rejected, string? problem)
    {
        if (rejected == 0)
            return SendAsync(200, encoding == OtlpEncoding.Json ? "{}"u8.ToArray() : default(ReadOnlyMemory<byte>));
        var message = $"{OtlpCodes.Rejected}: {problem}";
        if (encoding == OtlpEncoding.Json)
            return SendAsync(200, new JsonObject { ["partialSuccess"] = new JsonObject { ["rejectedSpans"] = rejected.ToString(CultureInfo.InvariantCulture), ["errorMessage"] = message } });
        var (response, partial) = (new ProtobufWriter(), new ProtobufWriter());
        partial.Number(1, (ulong)rejected);
        partial.Text(2, message);
        response.Bytes(1, partial.Written);
        return SendAsync(200, response.WrittenMemory);
    }

    /// <summary>Nothing was taken.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A code of docs/errors.md.</param>
    /// <param name="detail">What is wrong.</param>
    public Task RefuseAsync(int status, string code, string detail)
    {
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status is 429 or 503)
            http.Response.Headers.RetryAfter = "1";
        var (number, message) = (Canonical(status), $"{code}: {detail}");
        if (encoding == OtlpEncoding.Json)
            return SendAsync(status, new JsonObject { ["code"] = number, ["message"] = message });
        var answer = new ProtobufWriter();
        answer.Number(1, (ulong)number);
        answer.Text(2, message);
        return SendAsync(status, answer.WrittenMemory);
    }

    /// <summary>The canonical code of google.rpc for a status.</summary>
    private static int Canonical(int status) => status switch { 401 => 16, 403 => 7, 413 or 429 => 8, 415 => 12, 503 => 14, _ => 3 };

    private Task SendAsync(int status, JsonObject body) => SendAsync(status, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));

    private async Task SendAsync(int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = encoding == OtlpEncoding.Json ? "application/json" : "application/x-protobuf";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
