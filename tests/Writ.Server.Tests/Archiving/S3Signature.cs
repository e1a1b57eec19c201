using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Tests.Archiving;

/// <summary>Checks AWS Signature Version 4 as the service does: the request is made canonical anew and signed with the secret.</summary>
internal static class S3Signature
{
    /// <summary>The code of the error; null for a request that is signed, with a digest that is the body's.</summary>
    public static string? Problem(HttpRequest request, byte[] body, string key, string secret)
    {
        var header = request.Headers.Authorization.ToString();
        const string Scheme = "AWS4-HMAC-SHA256 ";
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
            return "AccessDenied";
        var parts = header[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var scope = parts["Credential"].Split('/');
        if (scope is not [_, var day, var region, "s3", "aws4_request"] || scope[0] != key)
            return "InvalidAccessKeyId";
        if (!DateTimeOffset.TryParseExact(request.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            return "AccessDenied";
        var digest = request.Headers["x-amz-content-sha256"].ToString();
        if (digest != Hex(SHA256.HashData(body)))
            return "XAmzContentSHA256Mismatch";

        var signed = parts["SignedHeaders"].Split(';');
        if (request.Headers.Keys.Select(k => k.ToLowerInvariant()).Any(k => (k.StartsWith("x-amz-", StringComparison.Ordinal) || k == "host") && !signed.Contains(k)))
            return "AccessDenied";
        var query = string.Join('&', request.Query
            .SelectMany(p => p.Value.Select(v => (Uri.EscapeDataString(p.Key), Uri.EscapeDataString(v ?? ""))))
            .Order().Select(p => $"{p.Item1}={p.Item2}"));
        var canonical = string.Join('\n', [
            request.Method, request.Path.ToUriComponent(), query, .. signed.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"), "", string.Join(';', signed), digest,
        ]);
        var text = string.Join('\n', "AWS4-HMAC-SHA256", request.Headers["x-amz-date"], string.Join('/', scope[1..]), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var derived = new[] { day, region, "s3", "aws4_request", text }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (k, t) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(t)));
        return Hex(derived) == parts["Signature"] ? null : "SignatureDoesNotMatch";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
