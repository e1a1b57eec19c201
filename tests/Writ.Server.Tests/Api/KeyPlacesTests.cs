using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Writ.Server.Tests.Login;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class KeyPlacesTests
{
    [Fact]
    public async Task A_key_that_is_used_in_two_places_at_once_is_recorded_and_goes_on_working()
    {
        var folder = Directory.CreateTempSubdirectory("writ-places-").FullName;
        try
        {
            var time = new FakeTime();
            string agent, key;
            await using (var writ = await RunningServer.StartAsync(folder, null, time))
            {
                (agent, key) = await writ.AgentAsync();
                foreach (var address in new[] { "127.0.0.1", "127.0.1.1", "127.0.0.1" }) // on Linux all of 127/8 is this machine
                    Assert.Equal(HttpStatusCode.Created, await CallFromAsync(writ, address, key));
            }

            var noted = Assert.Single(await ControlRecords.ReadAsync(folder), record => record["action"]!["kind"]!.GetValue<string>() == "agent.key.seen-apart");
            Assert.Equal(("installation", agent), (noted["by"]!["presence"]!.GetValue<string>(), noted["action"]!["agent"]!.GetValue<string>()));
            Assert.Equal(("127.0.0.0/24", "127.0.1.0/24"), (noted["action"]!["first"]!.GetValue<string>(), noted["action"]!["then"]!.GetValue<string>()));
            await using var again = await RunningServer.StartAsync(folder, null, time); // and is folded
            Assert.Equal(HttpStatusCode.Created, await CallFromAsync(again, "127.0.0.1", key));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> CallFromAsync(RunningServer writ, string address, string key)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(writ.Server.Address, "/v1/tasks"), body, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
