using System.Globalization;
using System.Runtime.InteropServices;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Signals to a child and to what it started, found through /proc.</summary>
internal static partial class ProcessTree
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int MaxVisited = 4_096;
    private const int MaxPasses = 100;

    /// <summary>Asks the processes below <paramref name="root"/> to end; the root itself is left to follow them.</summary>
    public static void TerminateBelow(int root)
    {
        foreach (var pid in Below(root))
            _ = Signal(pid, Terminate);
    }

    /// <summary>Asks a process group to end.</summary>
    public static void TerminateGroup(int group) => _ = Signal(-group, Terminate);

    /// <summary>
    /// Ends a process group, and every process that has inherited the variable <paramref name="mark"/> even if it left
    /// the group, looking again until none is found because processes may start others meanwhile.
    /// </summary>
    public static void KillGroup(int group, string mark)
    {
        _ = Signal(-group, Kill);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var strays = Marked(mark);
            if (strays.Count == 0)
                return;
            foreach (var pid in strays)
                _ = Signal(pid, Kill);
        }
    }

    private static List<int> Marked(string mark)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(mark);
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                continue;
            try
            {
                // A process that has ended and is not yet reaped has an empty environment.
                if (File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0)
                    found.Add(pid);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or is not ours.
            }
        }

        return found;
    }

    private static List<int> Below(int root)
    {
        var found = new List<int>();
        var open = new Stack<int>([root]);
        while (open.TryPop(out var pid) && found.Count < MaxVisited)
        {
            foreach (var child in Children(pid))
            {
                found.Add(child);
                open.Push(child);
            }
        }

        return found;
    }

    private static int[] Children(int pid)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{pid}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // it has ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int pid, int signal);
}
