namespace Writ.Server.Api;

/// <summary>
/// A bug as the log may have it: kinds of exceptions and where they were thrown. Their messages are left out, because many of them quote
/// what they were given, and what an agent supplied never reaches a log line (DESIGN law 3).
/// </summary>
internal static class FaultTrace
{
    public static string Of(Exception problem)
    {
        var parts = new List<string>();
        for (var at = problem; at is not null; at = at.InnerException)
            parts.Add($"{at.GetType().FullName}{string.Concat((at.StackTrace ?? "").Split('\n').Select(line => $" {line.Trim()};"))}");
        return string.Join(" caused by ", parts);
    }
}
