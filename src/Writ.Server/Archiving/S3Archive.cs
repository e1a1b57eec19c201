using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Writ.Ledger;
using Writ.Ledger.Archiving;

namespace Writ.Server.Archiving;

/// <summary>
/// An archive in a bucket with Object Lock: every object is written in COMPLIANCE mode until its time, so that nobody, the account's owner
/// included, changes or deletes it before. Credentials come from where the AWS SDK looks for them (environment, profile, role), never from
/// Writ's configuration. What fails is tried again by whoever asked, not in here. Thread safe.
/// </summary>
internal sealed class S3Archive : IArchiveTarget, IDisposable
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestTransfer = TimeSpan.FromMinutes(30);

    private readonly ArchiveAddress.S3 _address;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly TimeProvider _time;

    public S3Archive(ArchiveAddress.S3 address, Uri? endpoint, string? region, TimeProvider time)
    {
        (_address, _time) = (address, time);
        // Made when it is first asked, for that is when the SDK looks for credentials.
        _client = new Lazy<AmazonS3Client>(() => new AmazonS3Client(Configuration(endpoint, region)), LazyThreadSafetyMode.PublicationOnly);
    }

    public string Address => _address.ToString();

    public bool KnowsHolds => true;

    public Task<LedgerFault?> CheckAsync(CancellationToken cancellation) => AskAsync(LongestQuestion, async stop =>
    {
        try
        {
            var answer = await _client.Value.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = _address.Bucket }, stop);
            return answer.ObjectLockConfiguration?.ObjectLockEnabled == ObjectLockEnabled.Enabled ? null : NotWriteOnce();
        }
        catch (AmazonS3Exception problem) when (problem.ErrorCode == "ObjectLockConfigurationNotFoundError")
        {
            return NotWriteOnce();
        }
    }, cancellation);

    public Task<LedgerFault?> ListAsync(string prefix, ICollection<string> names, CancellationToken cancellation) => AskAsync(LongestTransfer, async stop =>
    {
        var request = new ListObjectsV2Request { BucketName = _address.Bucket, Prefix = KeyOf(prefix) };
        while (true)
        {
            var page = await _client.Value.ListObjectsV2Async(request, stop);
            foreach (var item in page.S3Objects ?? [])
                names.Add(item.Key[KeyOf("").Length..]);
            if (page.IsTruncated != true || page.NextContinuationToken is null)
                return null;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }, cancellation);

    public Task<LedgerFault?> PutAsync(ArchiveObject item, CancellationToken cancellation) => AskAsync(LongestTransfer, async stop =>
    {
        if (await CompareAsync(item, stop) is { } found)
            return found.Fault;
        var request = new PutObjectRequest
        {
            BucketName = _address.Bucket,
            Key = KeyOf(item.Name),
            FilePath = item.File,
            ContentType = "application/octet-stream",
            ChecksumSHA256 = item.Sha256.ToBase64(),
            UseChunkEncoding = false,
            ObjectLockMode = ObjectLockMode.Compliance,
            ObjectLockRetainUntilDate = item.RetainUntil.UtcDateTime,
            ObjectLockLegalHoldStatus = item.IsHeld ? ObjectLockLegalHoldStatus.On : ObjectLockLegalHoldStatus.Off,
        };
        // Of two writers at once, one finds the other's object. A service that does not know the header makes a version, which is not lost either.
        request.Headers["If-None-Match"] = "*";
        try
        {
            await _client.Value.PutObjectAsync(request, stop);
            return null;
        }
        catch (AmazonS3Exception problem) when (problem.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await CompareAsync(item, stop) is { } other ? other.Fault : Unavailable("it says that an object is there, and has none");
        }
    }, cancellation);

    public Task<LedgerFault?> FetchAsync(string name, string file, long most, CancellationToken cancellation) => AskAsync(LongestTransfer, async stop =>
    {
        try
        {
            using var answer = await _client.Value.GetObjectAsync(new GetObjectRequest { BucketName = _address.Bucket, Key = KeyOf(name) }, stop);
            if (answer.ContentLength > most)
                return new LedgerFault(LedgerFaultKind.ArchiveDamaged, $"{Address}: {name} has {answer.ContentLength} bytes, at most {most} are expected");
            await using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await answer.ResponseStream.CopyToAsync(to, stop);
            return to.Length == answer.ContentLength ? null : Unavailable($"{name} was cut short");
        }
        catch (AmazonS3Exception problem) when (problem.StatusCode == HttpStatusCode.NotFound)
        {
            return new LedgerFault(LedgerFaultKind.NotFound, $"{Address} has no {name}");
        }
    }, cancellation);

    public Task<LedgerFault?> HoldAsync(string name, bool isHeld, CancellationToken cancellation) => AskAsync(LongestQuestion, async stop =>
    {
        await _client.Value.PutObjectLegalHoldAsync(
            new PutObjectLegalHoldRequest
            {
                BucketName = _address.Bucket,
                Key = KeyOf(name),
                LegalHold = new ObjectLockLegalHold { Status = isHeld ? ObjectLockLegalHoldStatus.On : ObjectLockLegalHoldStatus.Off },
            },
            stop);
        return null;
    }, cancellation);

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static AmazonS3Config Configuration(Uri? endpoint, string? region)
    {
        var configuration = new AmazonS3Config { Timeout = LongestTransfer, MaxErrorRetry = 0, ForcePathStyle = endpoint is not null };
        if (endpoint is not null)
        {
            configuration.ServiceURL = endpoint.ToString();
            configuration.AuthenticationRegion = region ?? "us-east-1";
        }
        else if (region is not null)
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return configuration;
    }

    /// <summary>Null when there is no object of that name; else what is to be said of the one there is.</summary>
    private async Task<(LedgerFault? Fault, bool IsThere)?> CompareAsync(ArchiveObject item, CancellationToken stop)
    {
        try
        {
            var there = await _client.Value.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = _address.Bucket, Key = KeyOf(item.Name), ChecksumMode = ChecksumMode.ENABLED }, stop);
            return there.ContentLength != item.Length || there.ChecksumSHA256 != item.Sha256.ToBase64()
                ? (new LedgerFault(LedgerFaultKind.ArchiveContradicts, $"{Address} has another {item.Name} already: two installations write there, or it was changed"), true)
                : there.ObjectLockMode != ObjectLockMode.Compliance ? (NotWriteOnce(), true)
                : (null, true);
        }
        catch (AmazonS3Exception problem) when (problem.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private string KeyOf(string name) => _address.Prefix.Length == 0 ? name : $"{_address.Prefix}/{name}";

    private async Task<LedgerFault?> AskAsync(TimeSpan limit, Func<CancellationToken, Task<LedgerFault?>> question, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await question(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unavailable($"no answer within {limit.TotalSeconds:0} s");
        }
        catch (AmazonServiceException problem)
        {
            return problem.ErrorCode == "InvalidRequest" && problem.Message.Contains("Object Lock", StringComparison.OrdinalIgnoreCase)
                ? NotWriteOnce()
                : Unavailable($"{(int)problem.StatusCode} {problem.ErrorCode}: {problem.Message}");
        }
        catch (Exception problem) when (problem is AmazonClientException or HttpRequestException or WebException or IOException)
        {
            return Unavailable(problem.Message);
        }
    }

    private LedgerFault NotWriteOnce() => new(
        LedgerFaultKind.ArchiveNotWriteOnce, $"{Address} does not lock what it is given: the bucket needs versioning and Object Lock, which a bucket is made with");

    private LedgerFault Unavailable(string what) => new(LedgerFaultKind.ArchiveUnavailable, $"{Address}: {what}");
}
