using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Writ.Cli.Agents;
using Writ.Cli.Approvals;
using Writ.Cli.Backups;
using Writ.Cli.Demo;
using Writ.Cli.Discovery;
using Writ.Cli.Kills;
using Writ.Cli.Feeds;
using Writ.Cli.Law;
using Writ.Cli.Ledgers;
using Writ.Cli.People;
using Writ.Cli.Points;
using Writ.Cli.Policies;
using Writ.Cli.Replay;
using Writ.Cli.Reports;
using Writ.Cli.Servers;
using Writ.Cli.Serving;
using Writ.Cli.Tasks;
using Writ.Cli.Terminal;
using Writ.Cli.Witnesses;
using Writ.Server.Configuration;

namespace Writ.Cli;

/// <summary><c>writ</c>: reads the command line, runs one command, ends with its exit code.</summary>
internal static class WritCommand
{
    private const string About =
        """
        Writ decides what AI agents may do before they do it, and proves afterwards what they did.

        `writ demo` shows it in a minute; `writ serve` starts a server of your own; the other commands talk to a running server,
        or read a folder. Exit codes: 0 done, 1 the answer is no, 2 bad input, 3 the service failed.
        """;

    public static async Task<int> InvokeAsync(Session session, IReadOnlyList<string> arguments)
    {
        var root = Create(session);
        var parse = root.Parse(arguments.Count > 0 ? arguments : ["--help"], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction or null)
            return (int)RefuseCommandLine(session, parse);
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30), EnableDefaultExceptionHandler = false, Output = session.Output, Error = session.Error };
        try
        {
            return await parse.InvokeAsync(invocation);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            var trouble = new Trouble(ExitCode.Failed, $"this should not happen: {bug.GetType().Name}: {bug.Message}") { Advice = bug.StackTrace };
            return (int)new Screen(session, parse.GetValue(session.JsonFlag)).Fail(trouble);
        }
    }

    internal static RootCommand Create(Session session)
    {
        var root = new RootCommand(About)
        {
            DemoCommand.Create(session),
            ServeCommand.Create(session),
            AgentCommand.Create(session),
            TeamCommand.Create(session),
            DirectoryCommand.Create(session),
            PersonCommand.Create(session),
            TokenCommand.Create(session),
            LoginCommand.Create(session),
            ServerCommand.Create(session),
            DiscoverCommand.Create(session),
            PolicyCommand.Create(session),
            PointCommand.Create(session),
            FeedCommand.Create(session),
            ApproveCommand.Create(session),
            KillCommand.Create(session),
            TaskCommand.Create(session),
            ReplayCommand.Create(session),
            EraseCommand.Create(session),
            HoldCommand.Create(session),
            RetentionCommand.Create(session),
            LedgerCommand.Create(session),
            ReportCommand.Create(session),
            WitnessCommand.Create(session),
            BackupCommand.Create(session),
            RestoreCommand.Create(session),
            session.JsonFlag,
        };
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show what a command does, with examples.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static ExitCode RefuseCommandLine(Session session, ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var path = command is RootCommand ? "writ" : "writ " + string.Join(' ', Path(parse.CommandResult));
        var message = command.Subcommands.Count > 0 && command.Action is null ? WhichSubcommand(path, command, parse.UnmatchedTokens)
            : string.Join("; ", parse.Errors.Select(e => e.Message.TrimEnd('.')).Distinct());
        return new Screen(session, parse.GetValue(session.JsonFlag)).Fail(new Trouble(ExitCode.BadInput, message) { Advice = $"See: {path} --help" });
    }

    private static string WhichSubcommand(string path, Command command, IReadOnlyList<string> unmatched)
    {
        var names = command.Subcommands.Select(c => c.Name).ToArray();
        if (unmatched.Count == 0)
            return $"{path}: say which: {string.Join(", ", names)}";
        return Nearest.To(unmatched[0], names) is { } near
            ? $"{path} has no command '{unmatched[0]}'; did you mean '{near}'?"
            : $"{path} has no command '{unmatched[0]}', only {string.Join(", ", names)}";
    }

    private static Stack<string> Path(System.CommandLine.Parsing.SymbolResult? result)
    {
        var names = new Stack<string>();
        for (; result is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command; result = command.Parent)
            names.Push(command.Command.Name);
        return names;
    }
}
