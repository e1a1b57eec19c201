using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;

namespace Writ.Gateways.Feeds;

/// <summary>
/// Sends messages of RFC 5424 as datagrams (RFC 5426), for receivers that know nothing better: what is lost on the way is lost, and what is longer
/// than <see cref="MaxDatagram"/> goes without its text. Used from one place at a time.
/// </summary>
internal sealed class SyslogUdpSink(Feed feed, Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IFeedSink
{
    /// <summary>The longest datagram, in bytes.</summary>
    public const int MaxDatagram = 8_192;

    private readonly Uri _url = new(feed.Url);
    private readonly AddressGuard _guard = new(feed.Networks(), resolve);

    public async ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        try
        {
            var addresses = await _guard.ResolveAsync(_url.IdnHost, plain: true, cancellation);
            using var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(addresses[0], _url.Port, cancellation);
            foreach (var stored in batch.Records)
                await socket.SendAsync(Datagram(OutgoingRecord.Read(batch.Origin, stored)), cancellation);
            return FeedDelivery.Done.Instance;
        }
        catch (AddressRefusedException refused)
        {
            return new FeedDelivery.Failed(FeedCodes.PlaceRefused, refused.Message);
        }
        catch (SocketException problem)
        {
            return new FeedDelivery.Failed(FeedCodes.NotTaken, $"nothing could be sent ({problem.SocketErrorCode})");
        }
    }

    private ReadOnlyMemory<byte> Datagram(OutgoingRecord record)
    {
        var message = new ArrayBufferWriter<byte>(2_048);
        SyslogMessage.Write(message, record, OutgoingText.One(feed.Format, record));
        if (message.WrittenCount > MaxDatagram)
        {
            message.ResetWrittenCount();
            SyslogMessage.Write(message, record, null);
        }

        return message.WrittenMemory;
    }
}
