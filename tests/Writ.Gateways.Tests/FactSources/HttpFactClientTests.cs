using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Writ.Gateways.FactSources;
using Writ.Gateways.Tests.Points;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;

namespace Writ.Gateways.Tests.FactSources;

/// <summary>Facts over HTTP: one GET to where the bundle says, and nothing is believed that is not one plain JSON object from there.</summary>
public sealed class HttpFactClientTests
{
    private static readonly string[] Tools = ["desk/any"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_get_with_the_key_in_its_place_and_no_credential()
    {
        await using var peer = RawPeer.Answering("""{"value": 499.99}""");
        var answer = Assert.IsType<FactAnswer.Answered>(await AskAsync($"http://127.0.0.1:{peer.Port}/orders/{{id}}?view=facts", "NW 7/../8"));
        Assert.Equal(("499.99", "127.0.0.1"), (answer.Value.GetProperty("value").GetRawText(), answer.Origin));
        var (head, body) = Assert.Single(peer.Seen);
        Assert.StartsWith("GET /orders/NW%207%2F..%2F8?view=facts HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", head, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(body);
    }

    [Theory]
    [InlineData("""{"value": 1}""", "text/html", "200 OK")]
    [InlineData("""{"value": 1}""", "application/json", "404 Not Found")]
    [InlineData("""{"value": 1}""", "application/json", "206 Partial Content")]
    [InlineData("""[{"value": 1}]""", "application/json", "200 OK")]
    [InlineData("""{"value": 1, "value": 2}""", "application/json", "200 OK")]
    [InlineData("""{"value": 1""", "application/json", "200 OK")]
    [InlineData("", "application/json", "200 OK")]
    public async Task What_is_no_plain_object_is_unavailable(string body, string type, string status)
    {
        await using var peer = RawPeer.Answering(body, type, status);
        Assert.IsType<FactAnswer.Unavailable>(await AskAsync($"http://127.0.0.1:{peer.Port}/{{id}}", "1"));
        await using var good = RawPeer.Answering("""{"value": 1}""", "application/json; charset=utf-8");
        Assert.IsType<FactAnswer.Answered>(await AskAsync($"http://127.0.0.1:{good.Port}/{{id}}", "1"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var there = RawPeer.Answering("""{"value": 1}""");
        await using var peer = RawPeer.Answering("", "application/json", "302 Found", $"Location: http://127.0.0.1:{there.Port}/\r\n");
        Assert.IsType<FactAnswer.Unavailable>(await AskAsync($"http://127.0.0.1:{peer.Port}/{{id}}", "1"));
        Assert.Empty(there.Seen);
    }

    [Theory]
    [InlineData(HttpFactClient.MaxBytes, true)]
    [InlineData(HttpFactClient.MaxBytes + 1, false)]
    public async Task An_answer_has_a_longest_length(int bytes, bool taken)
    {
        var body = """{"value": 1}""";
        await using var peer = RawPeer.Answering(body + new string(' ', bytes - body.Length));
        Assert.Equal(taken, await AskAsync($"http://127.0.0.1:{peer.Port}/{{id}}", "1") is FactAnswer.Answered);
    }

    [Fact]
    public async Task T59_a_host_is_reached_only_at_addresses_that_the_bundle_allows()
    {
        await using var peer = RawPeer.Answering("""{"value": 1}""");
        Task<IPAddress[]> ToLoopback(string host, CancellationToken stop) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        Assert.IsType<FactAnswer.Unavailable>(await AskAsync($"http://orders.example:{peer.Port}/{{id}}", "1", ToLoopback, "10.0.0.0/8"));
        Assert.IsType<FactAnswer.Unavailable>(await AskAsync($"http://127.0.0.1:{peer.Port}/{{id}}", "1", ToLoopback, "::1"));
        Assert.Empty(peer.Seen);
        Assert.IsType<FactAnswer.Answered>(await AskAsync($"http://orders.example:{peer.Port}/{{id}}", "1", ToLoopback, "127.0.0.0/8"));
        Assert.Single(peer.Seen);
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_unavailable_and_one_that_waits_ends_with_its_token()
    {
        await using (var gone = RawPeer.Saying(""))
            Assert.IsType<FactAnswer.Unavailable>(await AskAsync($"http://127.0.0.1:{gone.Port}/{{id}}", "1"));
        await using var silent = new RawPeer((_, stop) => new TaskCompletionSource().Task.WaitAsync(stop));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asking = AskAsync($"http://127.0.0.1:{silent.Port}/{{id}}", "1", stop: late.Token);
        while (silent.Seen.IsEmpty)
            await Task.Yield();
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await asking);
    }

    private static async Task<FactAnswer> AskAsync(
        string url, string id, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, string allowed = "127.0.0.1", CancellationToken? stop = null)
    {
        var facts = JsonSerializer.Serialize(new
        {
            sources = new[]
            {
                new { name = "order", kind = "http", url, allowed_networks = new[] { allowed }, key = new { id = "order" }, members = new { value = "decimal" }, tools = Tools },
            },
        });
        var archive = new BundleArchive(new BundleManifest { Name = "test", Version = "1", Tier = BundleTier.Soft }, [new BundleFile(FactFile.Name, facts)]);
        Assert.Empty(BundlePublication.Problems(archive));
        var source = Assert.Single(FactDeclarations.Of(archive).Sources);
        return await new HttpFactClient(resolve).AskAsync(new FactQuery(source, JsonSerializer.Serialize(new { id })), null!, stop ?? Stop);
    }
}
