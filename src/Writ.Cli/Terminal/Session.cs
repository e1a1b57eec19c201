using System.CommandLine;
using Writ.Cli.Api;
using Writ.Server.Configuration;

namespace Writ.Cli.Terminal;

/// <summary>What a command has of the world: its streams, its environment, its clock.</summary>
internal sealed record Session(TextReader Input, TextWriter Output, TextWriter Error, IReadOnlyDictionary<string, string> Environment, TimeProvider Time)
{
    /// <summary>The flag that every command has.</summary>
    public Option<bool> JsonFlag { get; } = new("--json")
    {
        Description = "Answer with one JSON document on standard output, without colours.",
        Recursive = true,
    };

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>The session of this process.</summary>
    public static Session OfProcess() =>
        new(Console.In, Console.Out, Console.Error, ConfigurationSources.ProcessEnvironment(), TimeProvider.System)
        {
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };

    /// <summary>Sets what a command does that needs no server.</summary>
    public void Run(Command command, Func<ParseResult, Screen, CancellationToken, Task<ExitCode>> action) =>
        command.SetAction(async (parse, cancellation) => (int)await action(parse, ScreenFor(parse), cancellation));

    /// <summary>Sets what a command does that talks to a running server; adds the flags that say which one and with what token.</summary>
    public void RunAgainstServer(Command command, Func<ApiCall, CancellationToken, Task<ExitCode>> action)
    {
        var connection = new ConnectionFlags();
        connection.AddTo(command);
        Run(command, async (parse, screen, cancellation) =>
        {
            switch (connection.Open(parse, Environment))
            {
                case ConnectionOpening.Refused refused:
                    return screen.Fail(refused.Trouble);
                case ConnectionOpening.Opened opened:
                    using (opened.Client)
                        return await action(new ApiCall(parse, screen, opened.Client), cancellation);
                default:
                    throw new InvalidOperationException();
            }
        });
    }

    private Screen ScreenFor(ParseResult parse) => new(this, parse.GetValue(JsonFlag));
}
