using System.Diagnostics;
using System.Text.Json;

namespace Writ.Cli.Tests;

/// <summary>One run of the real command as a child process, with an environment and home of its own.</summary>
internal sealed record CliRun(int Exit, string Output, string Error)
{
    /// <summary>The token every run carries, unless its environment says otherwise. No output may ever hold it.</summary>
    public const string Token = "wpt_nobody-may-ever-see-this-token";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<CliRun> OfAsync(params string[] arguments) => OfAsync(arguments, [], null);

    public static async Task<CliRun> OfAsync(string[] arguments, Dictionary<string, string?> environment, string? input = null)
    {
        var home = Directory.CreateTempSubdirectory("writ-cli-");
        try
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "writ"), arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home.FullName,
            };
            foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("WRIT_", StringComparison.Ordinal) || k.StartsWith("XDG_", StringComparison.Ordinal)).ToArray())
                start.Environment.Remove(name);
            start.Environment["HOME"] = home.FullName;
            start.Environment["WRIT_TOKEN"] = Token;
            foreach (var (name, value) in environment)
                start.Environment[name] = value;

            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(Longest);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(limit.Token);
                var run = new CliRun(process.ExitCode, await output, await error);
                Assert.DoesNotContain(Token, run.Output + run.Error, StringComparison.Ordinal);
                Assert.DoesNotContain('\e', run.Output + run.Error);
                return run;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
