using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Writ.Server.Tests.Archiving;

/// <summary>
/// A bucket with versions and Object Lock behind real HTTP, as far as an archive needs one: PUT, HEAD, GET, DELETE, lists in small pages, legal
/// holds. Requests without a right signature are refused, locked ones without a checksum too, and no locked version is deleted by anybody.
/// </summary>
internal sealed class S3Double : IAsyncDisposable
{
    public const string Bucket = "evidence";

    private const string Key = "AKIADOUBLE";
    private const int PageLength = 3;

    private readonly ConcurrentDictionary<string, List<S3Version>> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _faults = new();
    private readonly Lock _gate = new();
    private readonly WebApplication _application;
    private int _versions;

    private S3Double(WebApplication application) => _application = application;

    /// <summary>What requests have to be signed with; another makes every signature wrong.</summary>
    public string Secret { get; set; } = "double-secret";

    /// <summary>Whether the bucket was made with Object Lock.</summary>
    public bool Locks { get; set; } = true;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Every version of every object, by its key.</summary>
    public IReadOnlyDictionary<string, List<S3Version>> Objects => _objects;

    public static async Task<S3Double> StartAsync()
    {
        // Where the SDK looks first.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "double-secret");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var s3 = new S3Double(builder.Build());
        s3._application.Run(s3.AnswerAsync);
        await s3._application.StartAsync();
        return s3;
    }

    /// <summary>The next requests meet this instead of an answer.</summary>
    public void Fail(int times, Func<HttpContext, Task> fault)
    {
        for (var i = 0; i < times; i++)
            _faults.Enqueue(fault);
    }

    public bool HasFaults => !_faults.IsEmpty;

    public static Task SlowDownAsync(HttpContext http) => ErrorAsync(http, 503, "SlowDown", "Please reduce your request rate.");

    public static Task CutAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (_faults.TryDequeue(out var fault))
        {
            await fault(http);
            return;
        }

        var bytes = body.ToArray();
        if (S3Signature.Problem(http.Request, bytes, Key, Secret) is { } unsigned)
        {
            await ErrorAsync(http, 403, unsigned, "the request is not signed as it has to be");
            return;
        }

        var path = http.Request.Path.Value!;
        if (path.TrimEnd('/') == $"/{Bucket}" && http.Request.Query.ContainsKey("object-lock"))
            await (Locks
                ? XmlAsync(http, "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
                : ErrorAsync(http, 404, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"));
        else if (path.TrimEnd('/') == $"/{Bucket}")
            await ListAsync(http);
        else if (path.StartsWith($"/{Bucket}/", StringComparison.Ordinal))
            await ObjectAsync(http, path[(Bucket.Length + 2)..], bytes);
        else
            await ErrorAsync(http, 404, "NoSuchBucket", "The specified bucket does not exist");
    }

    private Task ObjectAsync(HttpContext http, string key, byte[] body)
    {
        lock (_gate)
        {
            var versions = _objects.GetOrAdd(key, _ => []);
            var current = versions.LastOrDefault() is { Bytes: not null } last ? last : null;
            switch (http.Request.Method)
            {
                case "PUT" when http.Request.Query.ContainsKey("legal-hold"):
                    if (current is null)
                        return ErrorAsync(http, 404, "NoSuchKey", "The specified key does not exist.");
                    if (ChecksumProblem(http, body) is { } unhashed)
                        return ErrorAsync(http, 400, "InvalidRequest", unhashed);
                    current.IsHeld = Encoding.UTF8.GetString(body).Contains("<Status>ON</Status>", StringComparison.Ordinal);
                    return Task.CompletedTask;
                case "PUT":
                    return Put(http, versions, current, body);
                case "GET" or "HEAD":
                    return current is null ? ErrorAsync(http, 404, "NoSuchKey", "The specified key does not exist.") : GetAsync(http, current);
                case "DELETE":
                    return Delete(http, versions);
                default:
                    return ErrorAsync(http, 405, "MethodNotAllowed", "not here");
            }
        }
    }

    private Task Put(HttpContext http, List<S3Version> versions, S3Version? current, byte[] body)
    {
        var mode = (string?)http.Request.Headers["x-amz-object-lock-mode"];
        if (mode is not null && !Locks)
            return ErrorAsync(http, 400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        if (mode is not null && ChecksumProblem(http, body) is { } unhashed)
            return ErrorAsync(http, 400, "InvalidRequest", unhashed);
        if (http.Request.Headers.IfNoneMatch == "*" && current is not null)
            return ErrorAsync(http, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        versions.Add(new S3Version
        {
            Id = $"v{Interlocked.Increment(ref _versions)}",
            Bytes = body,
            Sha256 = http.Request.Headers["x-amz-checksum-sha256"],
            Mode = mode,
            RetainUntil = mode is null ? default : DateTimeOffset.Parse(http.Request.Headers["x-amz-object-lock-retain-until-date"]!, CultureInfo.InvariantCulture),
            IsHeld = http.Request.Headers["x-amz-object-lock-legal-hold"] == "ON",
        });
        http.Response.Headers["x-amz-version-id"] = versions[^1].Id;
        http.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(Md5(body))}\"";
        return Task.CompletedTask;
    }

    private static string? ChecksumProblem(HttpContext http, byte[] body)
    {
        var (md5, sha) = ((string?)http.Request.Headers["Content-MD5"], (string?)http.Request.Headers["x-amz-checksum-sha256"]);
        return md5 is null && sha is null ? "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters"
            : md5 is not null && md5 != Convert.ToBase64String(Md5(body)) ? "The Content-MD5 you specified did not match"
            : sha is not null && sha != Convert.ToBase64String(SHA256.HashData(body)) ? "Value for x-amz-checksum-sha256 header is invalid."
            : null;
    }

    /// <summary>What S3 calls an ETag, and the SDK checks.</summary>
    private static byte[] Md5(byte[] bytes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return md5.GetHashAndReset();
    }

    private static async Task GetAsync(HttpContext http, S3Version version)
    {
        http.Response.Headers["x-amz-version-id"] = version.Id;
        http.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(Md5(version.Bytes!))}\"";
        http.Response.Headers.LastModified = "Fri, 27 Nov 2026 00:00:00 GMT";
        if (version.Sha256 is not null && http.Request.Headers["x-amz-checksum-mode"] == "ENABLED")
            http.Response.Headers["x-amz-checksum-sha256"] = version.Sha256;
        if (version.Mode is not null)
        {
            http.Response.Headers["x-amz-object-lock-mode"] = version.Mode;
            http.Response.Headers["x-amz-object-lock-retain-until-date"] = version.RetainUntil.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        http.Response.ContentLength = version.Bytes!.Length;
        if (http.Request.Method == "GET")
            await http.Response.Body.WriteAsync(version.Bytes);
    }

    private Task Delete(HttpContext http, List<S3Version> versions)
    {
        if ((string?)http.Request.Query["versionId"] is not { } id)
            versions.Add(new S3Version { Id = $"v{Interlocked.Increment(ref _versions)}" });
        else if (versions.Find(v => v.Id == id) is { } version && (version.IsHeld || version.Mode == "COMPLIANCE"))
            return ErrorAsync(http, 403, "AccessDenied", "Access Denied because object protected by object lock.");
        else
            versions.RemoveAll(v => v.Id == id);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task ListAsync(HttpContext http)
    {
        var (prefix, after) = (http.Request.Query["prefix"].ToString(), http.Request.Query["continuation-token"].ToString());
        var all = _objects.Where(o => o.Value.LastOrDefault()?.Bytes is not null && o.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0)
            .Select(o => o.Key).Order(StringComparer.Ordinal).ToList();
        var page = all.Take(PageLength).ToList();
        var xml = new StringBuilder("<ListBucketResult>");
        xml.Append(CultureInfo.InvariantCulture, $"<Name>{Bucket}</Name><Prefix>{prefix}</Prefix><KeyCount>{page.Count}</KeyCount><IsTruncated>{(all.Count > page.Count ? "true" : "false")}</IsTruncated>");
        if (all.Count > page.Count)
            xml.Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{page[^1]}</NextContinuationToken>");
        foreach (var key in page)
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{key}</Key><LastModified>2026-11-27T00:00:00.000Z</LastModified><ETag>\"x\"</ETag><Size>1</Size></Contents>");
        return XmlAsync(http, xml.Append("</ListBucketResult>").ToString());
    }

    private static Task XmlAsync(HttpContext http, string xml)
    {
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(xml);
    }

    private static Task ErrorAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Request.Method == "HEAD" ? Task.CompletedTask : XmlAsync(http, $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId></Error>");
    }
}
