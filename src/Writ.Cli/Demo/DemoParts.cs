using System.Runtime.InteropServices;
using Writ.Cli.Terminal;

namespace Writ.Cli.Demo;

/// <summary>The built samples the demo plays with, found beside the command's own binary in a checkout.</summary>
internal sealed record DemoParts(string Desk, string Agent, string ToolClasses, string Bundle)
{
    /// <summary>Where the running .NET lies; the samples are started with the same.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public static DemoParts? Find(out Trouble? trouble)
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var binaries = Path.GetFullPath(Path.Combine(own, "..", ".."));
        var configuration = Path.GetFileName(own);
        var root = own;
        while (root is not null && !File.Exists(Path.Combine(root, "Writ.slnx")))
            root = Path.GetDirectoryName(root);
        var parts = new DemoParts(
            Path.Combine(binaries, "SupportDesk", configuration, "SupportDesk"),
            Path.Combine(binaries, "ScriptedAgent", configuration, "ScriptedAgent"),
            Path.Combine(root ?? "", "samples", "SupportDesk", "tool-classes.json"),
            Path.Combine(root ?? "", "samples", "policies", "support-desk"));
        var missing = new[] { parts.Desk, parts.Agent, parts.ToolClasses, parts.Bundle }.Where(path => !Path.Exists(path)).ToArray();
        trouble = missing.Length == 0 ? null : new Trouble(ExitCode.BadInput, $"a part of the demo is missing: {missing[0]}") { Advice = "The demo plays in a checkout of Writ; ./run builds all of it and starts it." };
        return missing.Length == 0 ? parts : null;
    }
}
