using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Writ.Server.Api;

namespace Writ.Server.Tests.Api;

public sealed class FaultAnswersTests
{
    private readonly Lines _lines = new();
    private readonly Process _process = new();

    [Fact]
    public async Task A_bug_is_a_problem_that_says_nothing_and_a_log_line_that_quotes_nobody()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() }, RequestServices = Services() };
        var inner = new FormatException("could not read 'agent text \u001b[2J\nadmin logged in'");
        await new FaultAnswers(_ => throw new InvalidOperationException("agk_secret", inner), _lines, _process).InvokeAsync(http);
        Assert.Equal(500, http.Response.StatusCode);
        http.Response.Body.Position = 0;
        var answer = await new StreamReader(http.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("WRIT9199", answer);
        Assert.DoesNotContain("InvalidOperation", answer);

        var line = Assert.Single(_lines.Written);
        Assert.Contains("System.InvalidOperationException", line);
        Assert.Contains("System.FormatException", line);
        Assert.Contains(nameof(FaultAnswersTests), line);
        Assert.DoesNotContain("agk_secret", line);
        Assert.DoesNotContain("agent text", line);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public async Task A_caller_who_has_gone_is_no_bug()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var http = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = Services() };
        await new FaultAnswers(_ => throw new IOException("reset"), _lines, _process).InvokeAsync(http);
        await new FaultAnswers(_ => throw new OperationCanceledException(), _lines, _process).InvokeAsync(http);
        Assert.Empty(_lines.Written);
    }

    [Fact]
    public async Task A_body_that_was_not_read_to_its_end_because_writ_stops_is_no_bug()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() }, RequestServices = Services() };
        _process.StopApplication();
        await new FaultAnswers(_ => throw new OperationCanceledException(), _lines, _process).InvokeAsync(http);
        Assert.Equal(503, http.Response.StatusCode);
        Assert.Empty(_lines.Written);
    }

    private static ServiceProvider Services() => new ServiceCollection().AddLogging().BuildServiceProvider();

    private sealed class Lines : ILogger<FaultAnswers>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + exception);
    }

    private sealed class Process : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();
    }
}
