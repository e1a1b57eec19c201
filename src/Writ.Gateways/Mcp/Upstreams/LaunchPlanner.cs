using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Turns a definition into the command line that starts it, confined: its own user, process, IPC, host-name and control
/// group namespaces, no capabilities, a root that holds the system's programs and what the definition names and nothing
/// else, an empty /tmp. Writ's own folders are not in it, and a definition that would bring them in is refused.
/// </summary>
internal sealed class LaunchPlanner(Bubblewrap bubblewrap, ImmutableArray<string> protectedFolders)
{
    private const string SystemPath = "/usr/local/bin:/usr/bin:/bin";

    private static readonly string[] RootLinks = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    // Of /etc only what programs need to find libraries, names, time and certificates.
    private static readonly string[] Etc =
    [
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/nsswitch.conf", "/etc/hosts",
        "/etc/passwd", "/etc/group", "/etc/localtime", "/etc/ssl", "/etc/ca-certificates", "/etc/pki", "/etc/mime.types", "/etc/os-release",
    ];

    public LaunchPlan Plan(StdioServerDefinition definition)
    {
        if (definition.Problem is { } problem)
            return new LaunchPlan.Refused(problem);
        return definition.Sandbox == SandboxMode.NoneIAcceptTheRisk ? Bare(definition) : Confined(definition);
    }

    private LaunchPlan Confined(StdioServerDefinition definition)
    {
        if (bubblewrap.Path is not { } program)
            return new LaunchPlan.Refused($"{bubblewrap.Problem}, or set the server's sandbox to none-i-accept-the-risk");

        var arguments = ImmutableArray.CreateBuilder<string>();
        arguments.AddRange(Bubblewrap.Isolation);
        if (!definition.Network)
            arguments.Add("--unshare-net");
        arguments.AddRange("--ro-bind", "/usr", "/usr");
        foreach (var link in RootLinks.Where(Path.Exists))
        {
            if (File.ResolveLinkTarget(link, returnFinalTarget: false) is { } target)
                arguments.AddRange("--symlink", Path.GetRelativePath("/", target.FullName), link);
            else
                arguments.AddRange("--ro-bind", link, link);
        }

        foreach (var path in Etc.Concat(definition.Network ? ["/etc/resolv.conf"] : []))
            arguments.AddRange("--ro-bind-try", path, path);
        arguments.AddRange("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--dir", "/tmp/home");

        foreach (var path in Shown(definition))
        {
            if (HostPath.Resolve(path.Path) is not { } real)
                return new LaunchPlan.Refused($"the path '{path.Path}' does not exist");
            if (Exposed(real) is { } reason)
                return new LaunchPlan.Refused($"the path '{path.Path}' {reason}");
            arguments.AddRange(path.Writable ? "--bind" : "--ro-bind", real, path.Path);
        }

        if (Exposed("/usr") is { } always)
            return new LaunchPlan.Refused($"/usr, which every sandboxed server sees, {always}");
        arguments.AddRange("--chdir", definition.WorkingFolder ?? "/tmp", "--", definition.Command);
        arguments.AddRange(definition.Arguments);
        return new LaunchPlan.Start(program, arguments.ToImmutable(), Environment(definition, SystemPath, "/tmp/home"), "/", Sandboxed: true);
    }

    private static LaunchPlan Bare(StdioServerDefinition definition)
    {
        // setsid runs the program in a session and process group of its own, so that the whole group can be ended.
        if (!File.Exists("/usr/bin/setsid"))
            return new LaunchPlan.Refused("/usr/bin/setsid is missing: run 'apt-get install util-linux'");
        var path = System.Environment.GetEnvironmentVariable("PATH") ?? SystemPath;
        var home = System.Environment.GetEnvironmentVariable("HOME") ?? "/";
        return new LaunchPlan.Start(
            "/usr/bin/setsid", [definition.Command, .. definition.Arguments], Environment(definition, path, home),
            definition.WorkingFolder ?? "/tmp", Sandboxed: false);
    }

    private static ImmutableDictionary<string, string> Environment(StdioServerDefinition definition, string path, string home) =>
        ImmutableDictionary<string, string>.Empty
            .Add("PATH", path).Add("HOME", home).Add("LANG", "C.UTF-8").Add("TMPDIR", "/tmp")
            .SetItems(definition.Environment);

    private static IEnumerable<SandboxPath> Shown(StdioServerDefinition definition)
    {
        var folder = definition.WorkingFolder;
        // An outer path is bound before what lies inside it, or it would cover it.
        var stated = definition.Paths.OrderBy(p => p.Path.Length);
        return folder is null || definition.Paths.Any(p => HostPath.Contains(p.Path, folder))
            ? stated
            : stated.Prepend(new SandboxPath(folder, Writable: false)).OrderBy(p => p.Path.Length);
    }

    private string? Exposed(string real)
    {
        foreach (var folder in protectedFolders)
        {
            var kept = HostPath.Resolve(folder) ?? folder;
            if (HostPath.Contains(real, kept) || HostPath.Contains(kept, real))
                return $"would show '{folder}', where Writ keeps its data or keys: name a narrower path, or move Writ's folder";
        }

        return null;
    }
}
