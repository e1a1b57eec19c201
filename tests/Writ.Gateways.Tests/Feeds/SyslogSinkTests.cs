using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Writ.Gateways.Feeds;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;
using Writ.Ledger;

namespace Writ.Gateways.Tests.Feeds;

public sealed class SyslogSinkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_go_over_one_connection_each_behind_its_length()
    {
        using var listener = Listen();
        await using var sink = Sink("syslog+tcp", listener);
        Assert.IsType<FeedDelivery.Done>(await sink.DeliverAsync(Sending.Batch(4, 5), Stop));
        Assert.IsType<FeedDelivery.Done>(await sink.DeliverAsync(Sending.Batch(6), Stop));
        using var client = await listener.AcceptTcpClientAsync(Stop);
        Assert.False(listener.Pending());
        var stream = client.GetStream();
        foreach (var index in new[] { 4, 5, 6 })
        {
            var message = await FrameAsync(stream);
            Assert.StartsWith("<110>1 2026-01-02T03:04:06.00000", message, StringComparison.Ordinal);
            Assert.Contains($" writ.example writ - heartbeat [writ@32473 log=\"writ.example/acme-x/decisions\" index=\"{index}\"", message, StringComparison.Ordinal);
            Assert.EndsWith("\"v\":1}}", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_the_receiver_closed_is_opened_again()
    {
        using var listener = Listen();
        await using var sink = Sink("syslog+tcp", listener);
        await sink.DeliverAsync(Sending.Batch(4), Stop);
        using (var first = await listener.AcceptTcpClientAsync(Stop))
            Assert.Contains("index=\"4\"", await FrameAsync(first.GetStream()));
        // Until the sink has noticed, a batch may be written into the closed connection; then the next opens one.
        while (!listener.Pending())
        {
            await sink.DeliverAsync(Sending.Batch(5), Stop);
            await Task.Yield();
        }

        using var second = await listener.AcceptTcpClientAsync(Stop);
        Assert.Contains("index=\"5\"", await FrameAsync(second.GetStream()));
    }

    [Fact]
    public async Task Over_tls_the_certificate_has_to_hold()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var listener = Listen();

        var refused = SecureAsync(listener, certificate);
        await using (var sink = Sink("syslog+tls", listener))
            Sending.Is<FeedDelivery.Failed>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2113");
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.Equal("", await refused));

        var trust = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck },
        };
        var taken = SecureAsync(listener, certificate);
        await using (var sink = new SyslogSink(Feed("syslog+tls", listener), (_, _) => throw new SocketException(), trust))
            Assert.IsType<FeedDelivery.Done>(await sink.DeliverAsync(Sending.Batch(4), Stop));
        Assert.Contains("index=\"4\"", await taken);
    }

    [Fact]
    public async Task T59_nothing_goes_to_an_address_that_was_not_allowed_and_nothing_plain_to_a_public_one()
    {
        using var listener = Listen();
        foreach (var (scheme, allowed, address) in new[] { ("syslog+tcp", "10.0.0.0/8", "127.0.0.1"), ("syslog+tls", "10.0.0.0/8", "127.0.0.1"), ("syslog+tcp", "10.0.0.0/8", "93.184.216.34") })
        {
            await using var sink = new SyslogSink(
                Sending.To($"{scheme}://siem.example:{((IPEndPoint)listener.LocalEndpoint).Port}") with { AllowedAddresses = [allowed] }, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));
            Sending.Is<FeedDelivery.Failed>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2113");
        }

        Assert.False(listener.Pending());
        var udp = new SyslogUdpSink(Sending.To("syslog+udp://siem.example:514") with { AllowedAddresses = [] }, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        Sending.Is<FeedDelivery.Failed>(await udp.DeliverAsync(Sending.Batch(4), Stop), "WRIT2113");
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_and_a_timeout_is_thrown()
    {
        var listener = Listen();
        var feed = Feed("syslog+tcp", listener);
        listener.Dispose();
        await using var sink = new SyslogSink(feed, (_, _) => throw new SocketException());
        Sending.Is<FeedDelivery.Failed>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2111");
        using var late = new CancellationTokenSource();
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sink.DeliverAsync(Sending.Batch(4), late.Token));
    }

    [Fact]
    public async Task By_udp_a_message_is_a_datagram_and_one_that_is_too_long_goes_without_its_text()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var sink = new SyslogUdpSink(Sending.To($"syslog+udp://127.0.0.1:{((IPEndPoint)receiver.Client.LocalEndPoint!).Port}") with { Format = FeedFormat.Record }, (_, _) => throw new SocketException());
        var batch = Sending.Batch(4);
        batch = batch with { Records = batch.Records.Add(new LedgerRecord(5, Encoding.UTF8.GetBytes($$"""{"kind":"decision","detail":"{{new string('x', 9_000)}}"}"""))) };
        Assert.IsType<FeedDelivery.Done>(await sink.DeliverAsync(batch, Stop));
        Assert.EndsWith("\"v\":1}}", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Stop)).Buffer), StringComparison.Ordinal);
        var cut = Encoding.UTF8.GetString((await receiver.ReceiveAsync(Stop)).Buffer);
        Assert.EndsWith(" index=\"5\" left_out=\"true\"]", cut, StringComparison.Ordinal);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Feed Feed(string scheme, TcpListener listener) => Sending.To($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    private static SyslogSink Sink(string scheme, TcpListener listener) => new(Feed(scheme, listener), (_, _) => throw new SocketException());

    private static async Task<string> SecureAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Stop);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        return await FrameAsync(tls);
    }

    /// <summary>One frame of RFC 6587 section 3.4.1: its length in octets, a blank, so many octets.</summary>
    private static async Task<string> FrameAsync(Stream stream)
    {
        var (length, one) = (0, new byte[1]);
        while (true)
        {
            await stream.ReadExactlyAsync(one, Stop);
            if (one[0] == ' ')
                break;
            Assert.InRange(one[0], (byte)'0', (byte)'9');
            length = (length * 10) + one[0] - '0';
        }

        var message = new byte[length];
        await stream.ReadExactlyAsync(message, Stop);
        return Encoding.UTF8.GetString(message);
    }
}
