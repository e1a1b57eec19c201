using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Gateways.Feeds;
using Writ.Gateways.Tests.Points;
using Writ.Governance.Feeds;
using Writ.Testing;

namespace Writ.Gateways.Tests.Feeds;

public sealed class WebhookSinkTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDmfKQ9r8GKYo=";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_one_post_that_the_library_of_others_verifies_under_either_of_two_secrets()
    {
        await using var peer = RawPeer.Answering("", status: "204 No Content");
        using var sink = Sink(peer.Port, TimeProvider.System, $"{Secret} {Other}");
        Assert.IsType<FeedDelivery.Done>(await sink.DeliverAsync(Sending.Batch(4, 5), Stop));
        var (head, body) = Assert.Single(peer.Seen);
        Assert.StartsWith("POST /hook HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/cloudevents-batch+json; charset=utf-8", head, StringComparison.Ordinal);
        Assert.Equal(["4", "5"], JsonNode.Parse(body)!.AsArray().Select(e => e!["id"]!.GetValue<string>()));
        Assert.DoesNotContain(Secret[6..], head + body, StringComparison.Ordinal);

        Assert.Equal("ok", await VerifyAsync(Secret, head, body));
        Assert.Equal("ok", await VerifyAsync(Other, head, body));
        Assert.StartsWith("WebhookVerificationError", await VerifyAsync("whsec_" + Convert.ToBase64String(new byte[24]), head, body));
        Assert.StartsWith("WebhookVerificationError", await VerifyAsync(Secret, head, body.Replace("heartbeat", "decision", StringComparison.Ordinal)));
        Assert.StartsWith("WebhookVerificationError", await VerifyAsync(Secret, head.Replace("webhook-id: msg_", "webhook-id: msg_0", StringComparison.Ordinal), body));
    }

    [Fact]
    public async Task The_same_batch_has_the_same_id_when_it_comes_again_and_a_signature_of_its_own_time()
    {
        await using var peer = RawPeer.Answering("", status: "500 Oh", more: "Connection: close\r\n");
        var time = new FakeTime();
        using var sink = Sink(peer.Port, time);
        await sink.DeliverAsync(Sending.Batch(4), Stop);
        time.Advance(TimeSpan.FromMinutes(10));
        await sink.DeliverAsync(Sending.Batch(4), Stop);
        await sink.DeliverAsync(Sending.Batch(4, 5), Stop);
        var seen = peer.Seen.Select(s => (Id: Header(s.Head, "webhook-id"), At: Header(s.Head, "webhook-timestamp"), By: Header(s.Head, "webhook-signature"))).ToArray();
        Assert.Equal(seen[0].Id, seen[1].Id);
        Assert.NotEqual(seen[0].Id, seen[2].Id);
        Assert.Equal(600, long.Parse(seen[1].At) - long.Parse(seen[0].At));
        Assert.NotEqual(seen[0].By, seen[1].By);
    }

    [Fact]
    public void The_signature_is_the_one_that_the_standard_computes()
    {
        // HMAC-SHA-256 over "id.timestamp.body", computed here by other means.
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), Encoding.UTF8.GetBytes("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}")));
        var signature = WebhookSignature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"u8, [Convert.FromBase64String(Secret[6..])]);
        Assert.Equal("v1," + expected, signature);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("200 OK", "", null)]
    [InlineData("202 Accepted", "", null)]
    [InlineData("301 Moved", "Location: http://127.0.0.1:1/\r\n", "WRIT2113")]
    [InlineData("307 Moved", "Location: http://127.0.0.1:1/\r\n", "WRIT2113")]
    [InlineData("400 Bad", "", "WRIT2111")]
    [InlineData("404 Not Found", "", "WRIT2111")]
    [InlineData("429 Slow", "Retry-After: 120\r\n", "WRIT2111")]
    [InlineData("503 Later", "", "WRIT2111")]
    public async Task Only_2xx_is_taken_and_no_redirect_is_followed(string status, string more, string? code)
    {
        await using var peer = RawPeer.Answering("{}", status: status, more: more);
        using var sink = Sink(peer.Port, new FakeTime());
        var answer = await sink.DeliverAsync(Sending.Batch(4), Stop);
        if (code is null)
            Assert.IsType<FeedDelivery.Done>(answer);
        else
            Assert.Equal(status.StartsWith('4') && more.Length > 0 ? TimeSpan.FromSeconds(120) : null, Sending.Is<FeedDelivery.Failed>(answer, code).After);
        Assert.Single(peer.Seen);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_for_good_ends_the_feed()
    {
        await using var peer = RawPeer.Answering("", status: "410 Gone");
        using var sink = Sink(peer.Port, new FakeTime());
        Sending.Is<FeedDelivery.Ended>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2112");
    }

    [Fact]
    public async Task A_receiver_that_says_no_http_closes_or_is_not_there_is_a_failure()
    {
        int port;
        await using (var peer = RawPeer.Saying("220 smtp.example ESMTP\r\n"))
        {
            port = peer.Port;
            using var answered = Sink(port, new FakeTime());
            Sending.Is<FeedDelivery.Failed>(await answered.DeliverAsync(Sending.Batch(4), Stop), "WRIT2111");
        }

        using var alone = Sink(port, new FakeTime());
        Sending.Is<FeedDelivery.Failed>(await alone.DeliverAsync(Sending.Batch(4), Stop), "WRIT2111");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_dG9vIHNob3J0")]
    [InlineData("whsec_!!!!")]
    [InlineData(Secret + " " + Secret + " " + Secret)]
    [InlineData(Secret + " rubbish")]
    public async Task Nothing_is_sent_unsigned(string? variable)
    {
        await using var peer = RawPeer.Answering("{}");
        using var sink = Sink(peer.Port, new FakeTime(), variable);
        Assert.Contains("WRIT_FEED_ACME_X__SIEM", Sending.Is<FeedDelivery.Failed>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2114").Detail, StringComparison.Ordinal);
        Assert.Empty(peer.Seen);
    }

    [Fact]
    public async Task T59_nothing_is_sent_to_an_address_that_was_not_allowed_also_where_a_name_leads_there_or_to_several()
    {
        await using var peer = RawPeer.Answering("{}");
        foreach (var (feed, addresses) in new (Feed, IPAddress[])[]
        {
            (Sending.To($"http://127.0.0.1:{peer.Port}/hook") with { AllowedAddresses = [] }, []),
            (Sending.To($"https://127.0.0.1:{peer.Port}/hook") with { AllowedAddresses = [] }, []),
            (Sending.To($"http://siem.example:{peer.Port}/hook") with { AllowedAddresses = ["10.0.0.0/8"] }, [IPAddress.Loopback]),
            (Sending.To($"http://siem.example:{peer.Port}/hook") with { AllowedAddresses = ["10.0.0.0/8"] }, [IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]),
            (Sending.To($"https://siem.example:{peer.Port}/hook") with { AllowedAddresses = [] }, [IPAddress.Parse("::ffff:127.0.0.1")]),
            (Sending.To($"http://siem.example:{peer.Port}/hook") with { AllowedAddresses = [] }, [IPAddress.Parse("93.184.216.34")]), // public, and without TLS
        })
        {
            using var sink = new WebhookSink(feed, new FeedSecrets(_ => Secret), (_, _) => Task.FromResult(addresses), new FakeTime());
            Sending.Is<FeedDelivery.Failed>(await sink.DeliverAsync(Sending.Batch(4), Stop), "WRIT2113");
        }

        Assert.Empty(peer.Seen);
    }

    private static WebhookSink Sink(int port, TimeProvider time, string? variable = Secret) =>
        new(Sending.To($"http://127.0.0.1:{port}/hook"), new FeedSecrets(name => name == "WRIT_FEED_ACME_X__SIEM" ? variable : null), (_, _) => throw new SocketException(), time);

    private static string Header(string head, string name) => head.Split("\r\n").Single(l => l.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static Task<string> VerifyAsync(string secret, string head, string body) => FeedOracle.AskAsync(
        new JsonObject
        {
            ["as"] = "webhook",
            ["secret"] = secret,
            ["headers"] = new JsonObject(((string[])["webhook-id", "webhook-timestamp", "webhook-signature"]).Select(n => KeyValuePair.Create(n, (JsonNode?)Header(head, n)))),
            ["body"] = body,
        },
        Stop);
}
