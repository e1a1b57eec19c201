using Writ.Identity.HttpSignatures;

namespace Writ.Gateways.Credentials;

/// <summary>
/// The content of a signed request, hashed as it is read: its end is reached only where the digest is met. So it is read once, under the
/// bounds of whoever reads it. For one reader.
/// </summary>
internal sealed class SignedContent(Stream content, ContentDigest digest, Action refused) : Stream
{
    private readonly DigestCheck _check = digest.Begin();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            _check.Append(buffer.Span[..read]);
        }
        else if (buffer.Length > 0 && !_check.IsMet())
        {
            refused();
            throw new ContentNotSignedException();
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("contents of requests are read without blocking");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _check.Dispose();
        base.Dispose(disposing);
    }
}
