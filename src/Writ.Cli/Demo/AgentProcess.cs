using System.Diagnostics;
using System.Runtime.CompilerServices;
using Writ.Cli.Terminal;

namespace Writ.Cli.Demo;

/// <summary>The scripted agent as a process of its own, with its key and nothing else of Writ's. Disposing it ends it.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<string> _errors;

    public AgentProcess(DemoParts parts, Uri door, string key)
    {
        var start = new ProcessStartInfo(parts.Agent) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("WRIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_ROOT"] = DemoParts.DotnetRoot;
        start.Environment["WRIT_MCP_URL"] = door.ToString();
        start.Environment["WRIT_AGENT_KEY"] = key;
        start.Environment["WRIT_AGENT_PAUSE_MS"] = "100";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Why it failed, once its steps have ended; null when it played to its end.</summary>
    public Trouble? Trouble { get; private set; }

    /// <summary>Its steps as they happen, until it ends or its time is over.</summary>
    public async IAsyncEnumerable<JournalLine> StepsAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        while (await NextAsync(both.Token) is { } line)
        {
            if (JournalLine.Parse(line) is { } step)
                yield return step;
        }

        if (Trouble is not null)
            yield break;
        await _process.WaitForExitAsync(cancellation);
        if (_process.ExitCode != 0)
            Trouble = new Trouble(ExitCode.Failed, $"the agent ended with {_process.ExitCode}: {(await _errors).Trim()}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Trouble = new Trouble(ExitCode.Failed, "the agent did not come to an end in time");
            return null;
        }
    }
}
