using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;

namespace Writ.Gateways.Feeds;

/// <summary>
/// Sends messages of RFC 5424 over one connection, each behind its length (RFC 6587 section 3.4.1; over TLS that is RFC 5425). Syslog answers
/// nothing: taken is what was written to a connection that the other side had not closed. Used from one place at a time.
/// </summary>
internal sealed class SyslogSink(Feed feed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, SslClientAuthenticationOptions? trust = null) : IFeedSink, IAsyncDisposable
{
    private readonly Uri _url = new(feed.Url);
    private readonly AddressGuard _guard = new(feed.Networks(), resolve);
    private Stream? _stream;
    private Task _closed = Task.CompletedTask;

    private bool IsPlain => feed.Transport != FeedTransport.SyslogTls;

    public async ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        try
        {
            if (_closed.IsCompleted)
                await OpenAsync(cancellation);
            await _stream!.WriteAsync(Frames(batch), cancellation);
            await _stream.FlushAsync(cancellation);
            return FeedDelivery.Done.Instance;
        }
        catch (Exception problem) when (problem is SocketException or IOException or AuthenticationException or AddressRefusedException or OperationCanceledException)
        {
            await DisposeAsync();
            return problem switch
            {
                AddressRefusedException => new FeedDelivery.Failed(FeedCodes.PlaceRefused, problem.Message),
                AuthenticationException => new FeedDelivery.Failed(FeedCodes.PlaceRefused, "the certificate does not hold"),
                OperationCanceledException => throw new OperationCanceledException(problem.Message, problem, cancellation),
                SocketException socket => new FeedDelivery.Failed(FeedCodes.NotTaken, $"no connection ({socket.SocketErrorCode})"),
                _ => new FeedDelivery.Failed(FeedCodes.NotTaken, "the connection broke"),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } stream)
        {
            _stream = null;
            await stream.DisposeAsync();
        }

        await _closed;
        _closed = Task.CompletedTask;
    }

    private async ValueTask OpenAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        var stream = await _guard.ConnectAsync(_url.IdnHost, _url.Port, IsPlain, cancellation);
        if (!IsPlain)
        {
            var secured = new SslStream(stream);
            stream = secured;
            try
            {
                var options = trust ?? new SslClientAuthenticationOptions();
                options.TargetHost = _url.IdnHost;
                await secured.AuthenticateAsClientAsync(options, cancellation);
            }
            catch
            {
                await secured.DisposeAsync();
                throw;
            }
        }

        _stream = stream;
        _closed = UntilClosedAsync(stream);
    }

    /// <summary>Reads on, so that a connection that the other side closed is known before anything is written into it.</summary>
    private static async Task UntilClosedAsync(Stream stream)
    {
        var ignored = new byte[256];
        try
        {
            while (await stream.ReadAsync(ignored) > 0)
            {
                // Nothing that a receiver says means anything.
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or SocketException)
        {
            // The same as its end.
        }
    }

    private ReadOnlyMemory<byte> Frames(FeedBatch batch)
    {
        var (frames, message) = (new ArrayBufferWriter<byte>(64 * 1024), new ArrayBufferWriter<byte>());
        foreach (var stored in batch.Records)
        {
            var record = OutgoingRecord.Read(batch.Origin, stored);
            message.ResetWrittenCount();
            SyslogMessage.Write(message, record, OutgoingText.One(feed.Format, record));
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.WrittenCount} "), frames);
            frames.Write(message.WrittenSpan);
        }

        return frames.WrittenMemory;
    }
}
