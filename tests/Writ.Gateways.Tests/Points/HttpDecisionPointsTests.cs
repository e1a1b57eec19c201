using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Gateways.Points;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;

namespace Writ.Gateways.Tests.Points;

public sealed class HttpDecisionPointsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authzen_point_is_asked_with_four_members_and_nothing_more()
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""");
        Assert.IsType<PointReply.Allowed>(await Asking.Point(peer.Port).AskAsync("""{"amount":5,"to":"é\u0000"}""", user: "kim"));
        var (head, body) = Assert.Single(peer.Seen);
        Assert.StartsWith("POST /access/v1/evaluation HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Request-ID: 01990000-0000-7000-8000-000000000001", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse("""
            {
              "subject": {"type": "agent", "id": "01990000-0000-7000-8000-000000000001", "properties": {"name": "helper \"one\"", "team": "support", "version": "7", "environment": "production"}},
              "action": {"name": "tool/desk/pay", "properties": {"effect": "money", "capability": "pay.out"}},
              "resource": {"type": "tool", "id": "desk/pay"},
              "context": {"args": {"amount": 5, "to": "é\u0000"}, "on_behalf_of": "kim", "organization": "acme-x", "task": "01990000-0000-7000-8000-000000000001", "time": "1970-01-01T00:00:00.000Z"}
            }
            """)), body);
    }

    [Fact]
    public async Task An_opa_point_gets_the_same_inside_input()
    {
        await using var peer = RawPeer.Answering("""{"result":{"allow":true},"decision_id":"4ca636c1"}""", "application/json; charset=utf-8");
        Assert.IsType<PointReply.Allowed>(await Asking.Point(peer.Port, DecisionPointKind.Opa).AskAsync());
        var (head, body) = Assert.Single(peer.Seen);
        Assert.StartsWith("POST /v1/data/agents/allow HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal(5, JsonNode.Parse(body)!["input"]!["context"]!["args"]!["amount"]!.GetValue<int>());
        Assert.Single(JsonNode.Parse(body)!.AsObject());
    }

    [Fact]
    public async Task What_the_agent_and_its_credential_say_of_themselves_is_not_sent()
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""");
        await Asking.Point(peer.Port).AskAsync();
        var (head, body) = Assert.Single(peer.Seen);
        Assert.DoesNotContain("a-credential", head + body, StringComparison.Ordinal);
        Assert.DoesNotContain("a-claim", head + body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"decision":true}""", true)]
    [InlineData("""{"decision":true,"context":{}}""", true)]
    [InlineData("""{"decision":true,"context":{"obligations":[]}}""", true)]
    [InlineData("""{"decision":false}""", false)]
    [InlineData("""{"decision":"true"}""", null)]
    [InlineData("""{"decision":1}""", null)]
    [InlineData("""{"decision":null}""", null)]
    [InlineData("""{"Decision":true}""", null)]
    [InlineData("""{"decision":[true]}""", null)]
    [InlineData("""{"decision":false,"decision":true}""", null)]
    [InlineData("""{"decision":true,"d\u0065cision":false}""", null)]
    [InlineData("""{"decision":true} {}""", null)]
    [InlineData("""{"decision":true,}""", null)]
    [InlineData("""{"decision":true""", null)]
    [InlineData("""[{"decision":true}]""", null)]
    [InlineData("""{"evaluations":[{"decision":true}]}""", null)]
    [InlineData("\uFEFF{\"decision\":true}", null)]
    [InlineData("true", null)]
    [InlineData("", null)]
    [InlineData("""{"decision":true,"context":{"obligations":[{"kind":"redact"}]}}""", null)]
    [InlineData("""{"decision":true,"context":{"constraints":["read_only"]}}""", null)]
    public async Task Of_authzen_only_the_boolean_true_is_a_yes(string body, bool? yes) => await AnswersAsync(DecisionPointKind.AuthZen, body, yes);

    [Theory]
    [InlineData("""{"result":true}""", true)]
    [InlineData("""{"result":{"allow":true}}""", true)]
    [InlineData("""{"result":{"allow":true,"reasons":["x"]},"metrics":{}}""", true)]
    [InlineData("""{"result":false}""", false)]
    [InlineData("""{"result":{"allow":false}}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"result":"true"}""", null)]
    [InlineData("""{"result":{"allow":"true"}}""", null)]
    [InlineData("""{"result":{"allow":1}}""", null)]
    [InlineData("""{"result":{}}""", null)]
    [InlineData("""{"result":{"allow":false,"allow":true}}""", null)]
    [InlineData("""{"result":[true]}""", null)]
    [InlineData("""{"result":null}""", null)]
    [InlineData("""{"decision":true,"result":0}""", null)]
    [InlineData("true", null)]
    public async Task Of_opa_only_the_boolean_true_is_a_yes(string body, bool? yes) => await AnswersAsync(DecisionPointKind.Opa, body, yes);

    [Theory]
    [InlineData("200 OK", "text/html", "", PointFailure.MediaType)]
    [InlineData("200 OK", "application/jsonx", "", PointFailure.MediaType)]
    [InlineData("200 OK", "application/json", "Content-Encoding: gzip\r\n", PointFailure.MediaType)]
    [InlineData("201 Created", "application/json", "", PointFailure.Status)]
    [InlineData("206 Partial Content", "application/json", "", PointFailure.Status)]
    [InlineData("302 Found", "application/json", "Location: /elsewhere\r\n", PointFailure.Redirect)]
    [InlineData("307 Temporary Redirect", "application/json", "Location: http://127.0.0.1:1/\r\n", PointFailure.Redirect)]
    [InlineData("400 Bad Request", "application/json", "", PointFailure.QuestionRefused)]
    [InlineData("401 Unauthorized", "application/json", "", PointFailure.Status)]
    [InlineData("429 Too Many Requests", "application/json", "", PointFailure.Status)]
    [InlineData("500 Internal Server Error", "application/json", "", PointFailure.Status)]
    [InlineData("503 Service Unavailable", "application/json", "", PointFailure.Status)]
    public async Task A_yes_in_the_wrong_wrapping_is_none(string status, string type, string more, PointFailure failure)
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""", type, status, more);
        Assert.Equal(failure, Failure(await Asking.Point(peer.Port).AskAsync()));
        Assert.Single(peer.Seen);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"decision\":true}", PointFailure.Unreachable)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{\"decision\":true}\r\n", PointFailure.Unreachable)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n\r\n", PointFailure.TooLong)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", PointFailure.Unreachable)]
    [InlineData("", PointFailure.Unreachable)]
    public async Task An_answer_that_is_cut_or_none_at_all_is_no_yes(string bytes, PointFailure failure)
    {
        await using var peer = RawPeer.Saying(bytes);
        Assert.Equal(failure, Failure(await Asking.Point(peer.Port).AskAsync()));
    }

    [Fact]
    public async Task An_answer_without_end_is_read_to_its_bound_and_no_further()
    {
        await using var peer = new RawPeer(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), stop);
            var chunk = Encoding.ASCII.GetBytes($"1000\r\n{new string(' ', 4096)}\r\n");
            while (true)
                await stream.WriteAsync(chunk, stop);
        });
        Assert.Equal(PointFailure.TooLong, Failure(await Asking.Point(peer.Port).AskAsync()));
    }

    [Fact]
    public async Task The_longest_answer_is_read_and_one_byte_more_is_not()
    {
        foreach (var (extra, failure) in new[] { (0, (PointFailure?)null), (1, PointFailure.TooLong) })
        {
            var body = """{"decision":true}""".PadRight((64 * 1024) + extra);
            await using var peer = RawPeer.Saying($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{body}");
            var reply = await Asking.Point(peer.Port).AskAsync();
            Assert.Equal(failure, (reply as PointReply.NoAnswer)?.Failure);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"decision\":")]
    public async Task A_peer_that_hangs_or_drips_is_left_when_its_time_is_over(string begun)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var peer = new RawPeer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(begun), stop);
            await late.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(stop);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Asking.Point(peer.Port).AskAsync(cancellation: late.Token).AsTask());
    }

    [Fact]
    public async Task A_reset_connection_is_no_yes()
    {
        await using var peer = new RawPeer((stream, _) =>
        {
            stream.Socket.LingerState = new(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });
        Assert.Equal(PointFailure.Unreachable, Failure(await Asking.Point(peer.Port).AskAsync()));
    }

    [Fact]
    public async Task Nothing_that_listens_is_no_yes()
    {
        int port;
        await using (var gone = RawPeer.Saying(""))
            port = gone.Port;
        Assert.Equal(PointFailure.Unreachable, Failure(await Asking.Point(port).AskAsync()));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_no_yes()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var reached = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Stop);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[1], Stop);
        }, Stop);
        var point = Asking.Point(((IPEndPoint)listener.LocalEndpoint).Port);
        Assert.Equal(PointFailure.Tls, Failure(await (point with { Url = point.Url.Replace("http:", "https:", StringComparison.Ordinal) }).AskAsync()));
        Assert.True(await reached.ContinueWith(t => t.IsFaulted || t.Result == 0, TaskScheduler.Default));
    }

    [Fact]
    public async Task T59_a_host_is_asked_only_at_addresses_it_may_have()
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""");
        var point = Asking.Point(peer.Port);
        Assert.Equal(PointFailure.AddressRefused, Failure(await (point with { AllowedAddresses = [] }).AskAsync()));
        Assert.Equal(PointFailure.AddressRefused, Failure(await (point with { AllowedAddresses = ["10.0.0.0/8"] }).AskAsync()));
        var named = new HttpDecisionPoints(new PointSecrets(_ => null), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]));
        var question = Asking.Question(point with { Url = $"http://pdp.example:{peer.Port}/x", AllowedAddresses = ["10.0.0.0/8"] }, "{}");
        Assert.Equal(PointFailure.AddressRefused, Failure(await named.AskAsync(question, Stop)));
        Assert.Empty(peer.Seen);
    }

    [Fact]
    public async Task The_secret_comes_from_the_environment_under_the_points_own_name()
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""");
        var point = Asking.Point(peer.Port) with { SecretHeader = "Authorization" };
        Assert.Equal(PointFailure.Secret, Failure(await point.AskAsync()));
        Assert.Equal(PointFailure.Secret, Failure(await point.AskAsync(environment: _ => "a\r\nHost: b")));
        Assert.Equal(PointFailure.Secret, Failure(await point.AskAsync(environment: _ => "")));
        Assert.Empty(peer.Seen);
        Assert.IsType<PointReply.Allowed>(await point.AskAsync(environment: name => name == "WRIT_POINT_ACME_X__PDP_1" ? "Bearer s3cret" : null));
        Assert.Contains("Authorization: Bearer s3cret", Assert.Single(peer.Seen).Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b-c", "WRIT_POINT_A__B_C")]
    [InlineData("a-b", "c", "WRIT_POINT_A_B__C")]
    [InlineData("a--b", "c", "WRIT_POINT_A__B__C")]
    public void Two_points_never_share_a_variable(string organization, string point, string variable) =>
        Assert.Equal(variable, PointSecrets.VariableOf(OrganizationId.Parse(organization), point));

    [Fact]
    public async Task A_question_that_is_too_long_is_not_asked()
    {
        await using var peer = RawPeer.Answering("""{"decision":true}""");
        Assert.Equal(PointFailure.QuestionTooLong, Failure(await Asking.Point(peer.Port).AskAsync($$"""{"text":"{{new string('x', 256 * 1024)}}"}""")));
        Assert.Empty(peer.Seen);
        Assert.IsType<PointReply.Allowed>(await Asking.Point(peer.Port).AskAsync($$"""{"text":"{{new string('x', 250 * 1024)}}"}"""));
    }

    private static async Task AnswersAsync(DecisionPointKind kind, string body, bool? yes)
    {
        await using var peer = RawPeer.Answering(body);
        var reply = await Asking.Point(peer.Port, kind).AskAsync();
        if (yes is { } clear)
            Assert.IsType(clear ? typeof(PointReply.Allowed) : typeof(PointReply.Refused), reply);
        else
            Assert.True(Failure(reply) is PointFailure.Malformed or PointFailure.Conditional);
    }

    private static PointFailure Failure(PointReply reply) => Assert.IsType<PointReply.NoAnswer>(reply).Failure;
}
