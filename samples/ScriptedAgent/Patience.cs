namespace ScriptedAgent;

/// <summary>How long an agent waits for an approval: <paramref name="Tries"/> retries of the same call, <paramref name="Pause"/> apart.</summary>
internal sealed record Patience(int Tries, TimeSpan Pause);
