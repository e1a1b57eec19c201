using System.Diagnostics;
using System.Globalization;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>
/// A solver that is installed: z3 or cvc5, a process of its own for each question, started without a shell and without this process's
/// environment, bounded in time and memory. Thread safe.
/// </summary>
public sealed class SmtSolver
{
    private const int Seconds = 10;
    private const long MemoryBytes = 1L << 30;
    private const int MaxAnswer = 4 << 20;

    private static readonly string[] Programs = ["z3", "cvc5"];

    private readonly string _program;
    private readonly string[] _arguments;

    private SmtSolver(string program, string limiter)
    {
        _program = limiter;
        string[] own = Path.GetFileName(program) == "z3"
            ? ["-in", "-smt2", $"-T:{Seconds}"]
            : ["--lang=smt2", "--strings-exp", $"--tlimit={Seconds * 1000}", "-"];
        _arguments = [$"--as={MemoryBytes.ToString(CultureInfo.InvariantCulture)}", "--", program, .. own];
        Name = Path.GetFileName(program);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>
    /// The first of z3 and cvc5 in the folders of a search path, the process's own by default; null where there is none, where <c>prlimit</c>,
    /// which bounds its memory, is missing, or where it does not know the characters that policies are written in.
    /// </summary>
    public static SmtSolver? Find(string? searchPath = null)
    {
        var folders = (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).ToArray();
        string? In(string name) => folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (In("prlimit") is not { } limiter)
            return null;
        return Programs.Select(In).OfType<string>().Select(program => new SmtSolver(program, limiter)).FirstOrDefault(solver => solver.CountsCharacters());
    }

    /// <summary>Gives the script; what the solver said, empty where it said nothing in time.</summary>
    public string Solve(string script)
    {
        var start = new ProcessStartInfo(_program, _arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        try
        {
            using var process = Process.Start(start);
            if (process is null)
                return "";
            var answer = Task.Run(() => Answer(process));
            var complaints = process.StandardError.ReadToEndAsync();
            Give(process, script);
            if (!process.WaitForExit(TimeSpan.FromSeconds(Seconds + 2)))
                process.Kill(entireProcessTree: true);
            complaints.GetAwaiter().GetResult();
            return answer.GetAwaiter().GetResult();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }

    private static string Answer(Process process)
    {
        var buffer = new char[MaxAnswer];
        var length = process.StandardOutput.ReadBlock(buffer);
        if (length < MaxAnswer)
            return new string(buffer, 0, length);
        process.Kill(entireProcessTree: true);
        return "";
    }

    private static void Give(Process process, string script)
    {
        try
        {
            process.StandardInput.Write(script);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: what it said until then counts.
        }
    }

    // With another alphabet, texts that differ could be one and the same to it.
    private bool CountsCharacters() => Solve("(set-logic ALL)\n(assert (not (= (str.len \"\\u{1f600}\\u{e9}\") 2)))\n(check-sat)\n").StartsWith("unsat", StringComparison.Ordinal);
}
