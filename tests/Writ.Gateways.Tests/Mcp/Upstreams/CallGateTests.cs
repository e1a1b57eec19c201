using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class CallGateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_take_turns_however_many_calls_one_of_them_queued()
    {
        var gate = new CallGate(1, 100);
        Assert.True(await gate.EnterAsync("busy", Stop));
        var waiting = new Dictionary<Task, string>();
        foreach (var caller in (string[])["busy", "busy", "busy", "other"])
            waiting.Add(gate.EnterAsync(caller, Stop).AsTask(), caller);

        var order = new List<string>();
        while (waiting.Count > 0)
        {
            gate.Leave();
            waiting.Remove(await Task.WhenAny(waiting.Keys), out var next);
            order.Add(next!);
        }

        Assert.Equal(["busy", "other", "busy", "busy"], order);
    }

    [Fact]
    public async Task One_caller_holds_at_most_half_of_the_queue()
    {
        var gate = new CallGate(1, 4);
        Assert.True(await gate.EnterAsync("a", Stop));
        var queued = new[] { gate.EnterAsync("a", Stop).AsTask(), gate.EnterAsync("a", Stop).AsTask() };
        Assert.False(await gate.EnterAsync("a", Stop));
        Assert.False(gate.EnterAsync("b", Stop).AsTask().IsCompleted);
        Assert.All(queued, q => Assert.False(q.IsCompleted));
    }

    [Fact]
    public async Task A_wait_given_up_leaves_its_place_to_others()
    {
        var gate = new CallGate(1, 1);
        Assert.True(await gate.EnterAsync("a", Stop));
        for (var i = 0; i < 10; i++)
        {
            using var impatient = new CancellationTokenSource();
            var place = gate.EnterAsync("a", impatient.Token).AsTask();
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => place);
        }

        var patient = gate.EnterAsync("a", Stop).AsTask();
        gate.Leave();
        Assert.True(await patient);
    }
}
