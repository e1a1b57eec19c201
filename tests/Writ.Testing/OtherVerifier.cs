using System.Diagnostics;
using System.Text.Json;

namespace Writ.Testing;

/// <summary>A verifier that shares no code with Writ, as a program of its own.</summary>
public sealed record OtherVerifier(string Name, string Program, string Script)
{
    public static readonly OtherVerifier Python = new("Python", "python3", "writ_verify.py");

    public static readonly OtherVerifier JavaScript = new("JavaScript", "node", "writ-verify-node.mjs");

    /// <summary>What it says of each path, in order: whether all is sound, and the kinds of what is wrong.</summary>
    public async Task<IReadOnlyList<(bool Sound, IReadOnlyList<string> Violations)>> VerifyAsync(IReadOnlyList<string> paths, string? key, string? checkpoints = null, CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(Program, [Repository.PathOf("verifiers", Script), .. paths, .. key is null ? [] : new[] { "--key", key }, .. checkpoints is null ? [] : new[] { "--checkpoints", checkpoints }])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (Script.EndsWith(".py", StringComparison.Ordinal))
            start.ArgumentList.Add("--json");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode is not (0 or 1) || lines.Length != paths.Count)
            throw new InvalidOperationException($"{Name}: exit {process.ExitCode}, {lines.Length} of {paths.Count}: {await error}");
        return [.. lines.Select(line => Read(JsonDocument.Parse(line).RootElement))];
    }

    private static (bool, IReadOnlyList<string>) Read(JsonElement answer) =>
    (
        answer.GetProperty("sound").GetBoolean(),
        [
            .. answer.GetProperty("ledgers").EnumerateArray().SelectMany(ledger => ledger.GetProperty("findings").EnumerateArray())
                .Where(finding => finding.GetProperty("violation").GetBoolean())
                .Select(finding => finding.GetProperty("kind").GetString()!).Distinct().Order(StringComparer.Ordinal),
        ]);
}
