namespace Writ.Cli.Api;

/// <summary>The last restore as the server tells it.</summary>
internal sealed record RestorationView(
    string Domain, bool Confirmed, IReadOnlyList<string> ConfirmedBy, bool Solo, IReadOnlyList<RestoredLogView> Logs, int Erased, IReadOnlyList<SuspendedKeyView> SuspendedKeys);
