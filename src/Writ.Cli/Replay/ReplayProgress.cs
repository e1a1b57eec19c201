using Spectre.Console;
using Writ.Cli.Terminal;
using Writ.Governance.Replay;

namespace Writ.Cli.Replay;

/// <summary>Shows how far a replay is, on standard error, where a person looks at it.</summary>
internal static class ReplayProgress
{
    public static Task<ReplayResult> ShowAsync(Session session, Screen screen, IReadOnlyList<string> files, Func<IProgress<long>?, Task<ReplayResult>> run)
    {
        if (screen.Json || !session.ErrorIsTerminal)
            return run(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => run(new Bar(context.AddTask("replay", maxValue: files.Sum(file => new FileInfo(file).Length)))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }
}
