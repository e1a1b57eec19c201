using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class TailApiTests
{
    [Fact]
    public async Task A_stream_begins_now_and_shows_each_wanted_record_as_it_is_recorded_with_its_index_as_id()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        await RecordsApiTests.DecideAsync(writ, id, 2);
        await using var tail = await Tail.OpenAsync(writ, "q=outcome%20%3D%20DENY%20and%20agent%20%3D%20helper");
        await RecordsApiTests.DecideAsync(writ, id, 2, "second");
        var (first, second) = (await tail.NextAsync(), await tail.NextAsync());
        Assert.Equal(("decision", "DENY", id), (first["kind"]!.GetValue<string>(), first["outcome"]!.GetValue<string>(), first["agent"]!.GetValue<string>()));
        Assert.NotEqual(first["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
        var (_, asked, _) = await writ.SendAsync("GET", "/v1/records?q=show%20id%20limit%201", writ.Person);
        Assert.Equal(asked!["rows"]![0]!["index"]!.GetValue<long>().ToString(), tail.LastId);
        Assert.Equal(asked["rows"]![0]!["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_reader_that_comes_back_goes_on_behind_the_last_event_without_gap_or_repetition()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        string? last;
        await using (var tail = await Tail.OpenAsync(writ, "q=has%20kind"))
        {
            await RecordsApiTests.DecideAsync(writ, id, 1);
            await tail.NextAsync();
            last = tail.LastId;
        }

        await RecordsApiTests.DecideAsync(writ, id, 3, "second");
        await using var again = await Tail.OpenAsync(writ, "q=has%20kind&after=0", ("Last-Event-ID", last!));
        for (var i = 1UL; i <= 3; i++)
        {
            await again.NextAsync();
            Assert.Equal((ulong.Parse(last!) + i).ToString(), again.LastId);
        }
    }

    [Theory]
    [InlineData("q=outcom%20%3D%20DENY", null, 400, "WRIT2060")]
    [InlineData("q=outcome%20%3D%20DENY%20limit%205", null, 400, "WRIT2060")]
    [InlineData("q=show%20count", null, 400, "WRIT2060")]
    [InlineData("after=99", null, 400, "WRIT2119")]
    [InlineData("after=-1", null, 400, "WRIT9101")]
    [InlineData("", "99", 400, "WRIT2119")]
    [InlineData("", "18446744073709551615", 400, "WRIT2119")]
    [InlineData("", "one", 400, "WRIT9101")]
    public async Task What_cannot_be_followed_is_a_problem(string query, string? last, int expected, string code)
    {
        await using var writ = await RunningServer.StartAsync();
        var (status, problem, _) = await writ.SendAsync("GET", "/v1/records/tail?" + query, writ.Person, headers: last is null ? [] : [("Last-Event-ID", last)]);
        Assert.Equal((expected, code), (status, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_person_has_so_many_streams_and_no_more_and_a_closed_one_makes_room()
    {
        await using var writ = await RunningServer.StartAsync();
        var open = new List<Tail>();
        for (var i = 0; i < 8; i++)
            open.Add(await Tail.OpenAsync(writ, ""));
        var (status, problem, _) = await writ.SendAsync("GET", "/v1/records/tail", writ.Person);
        Assert.Equal((429, "WRIT2118"), (status, problem!["code"]!.GetValue<string>()));
        await open[0].DisposeAsync();
        Tail? ninth;
        while ((ninth = await Tail.TryOpenAsync(writ, "")) is null)
            await Task.Yield();
        open.Add(ninth);
        foreach (var tail in open)
            await tail.DisposeAsync();
    }

    [Fact]
    public async Task An_engineer_follows_the_records_of_own_agents_alone()
    {
        await using var writ = await RunningServer.StartAsync();
        var (own, _) = await writ.AgentAsync("own");
        var (other, _) = await writ.AgentAsync("other");
        var (_, added, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"mia","capabilities":["app"]}""");
        await using var tail = await Tail.OpenAsync(writ, "q=has%20kind", token: added!["token"]!.GetValue<string>());
        await RecordsApiTests.DecideAsync(writ, other, 1, "first");
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/teams", writ.Person, """{"name":"billing","members":["mia"]}""")).Status);
        var (_, mine, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"mine","environment":"staging","team":"billing","grants":["desk/*"]}""");
        await RecordsApiTests.DecideAsync(writ, own, 1, "second");
        await RecordsApiTests.DecideAsync(writ, mine!["agent"]!["id"]!.GetValue<string>(), 1, "third");
        // A team that is joined while the stream is open counts; what came before, and what is others', never shows.
        Assert.Equal(mine["agent"]!["id"]!.GetValue<string>(), (await tail.NextAsync())["agent"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_as_they_should_end()
    {
        Tail tail;
        await using (var writ = await RunningServer.StartAsync())
            tail = await Tail.OpenAsync(writ, "");
        await using (tail)
            Assert.True(await tail.IsAtEndAsync());
    }

    /// <summary>One stream, read by the runtime's own reader of server-sent events.</summary>
    private sealed class Tail : IAsyncDisposable
    {
        private readonly HttpClient _client;
        private readonly HttpResponseMessage _response;
        private readonly SseParser<string> _parser;
        private readonly IAsyncEnumerator<SseItem<string>> _events;

        private Tail(HttpClient client, HttpResponseMessage response, Stream body)
        {
            (_client, _response) = (client, response);
            _parser = SseParser.Create(body);
            _events = _parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        }

        public string LastId => _parser.LastEventId;

        public static async Task<Tail> OpenAsync(RunningServer writ, string query, (string Name, string Value)? header = null, string? token = null) =>
            await TryOpenAsync(writ, query, header, token) ?? throw new InvalidOperationException("refused");

        public static async Task<Tail?> TryOpenAsync(RunningServer writ, string query, (string Name, string Value)? header = null, string? token = null)
        {
            var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(writ.Server.Address, "/v1/records/tail?" + query));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token ?? writ.Person}");
            if (header is { } sent)
                request.Headers.TryAddWithoutValidation(sent.Name, sent.Value);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                response.Dispose();
                client.Dispose();
                return null;
            }

            Assert.Equal(("text/event-stream", true), (response.Content.Headers.ContentType!.ToString(), response.Headers.CacheControl!.NoStore));
            return new Tail(client, response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        }

        public async Task<JsonObject> NextAsync()
        {
            Assert.True(await _events.MoveNextAsync());
            Assert.Equal("message", _events.Current.EventType);
            return JsonNode.Parse(_events.Current.Data)!.AsObject();
        }

        public async Task<bool> IsAtEndAsync() => !await _events.MoveNextAsync();

        public async ValueTask DisposeAsync()
        {
            _response.Dispose();
            _client.Dispose();
            await _events.DisposeAsync();
        }
    }
}
