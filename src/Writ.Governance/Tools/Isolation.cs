namespace Writ.Governance.Tools;

/// <summary>
/// How much is held back from a server's program, as a ring. Only what Writ itself enforces counts:
/// 0 runs with Writ's own rights, or elsewhere, where Writ confines nothing; 1 runs in the sandbox with the machine's network; 2 in the
/// sandbox without network, and may write folders; 3 in the sandbox without network and writes nothing that outlives it.
/// </summary>
public static class Isolation
{
    /// <summary>The ring a server runs in; null for tools that are called elsewhere, where their enforcement point answers for it.</summary>
    public static int? Of(ServerConnection connection) => connection switch
    {
        ServerConnection.Declared => null,
        ServerConnection.Stdio { Sandbox: ServerConnection.Stdio.Bubblewrap } stdio =>
            stdio.Network ? 1 : stdio.WritablePaths.IsDefaultOrEmpty ? 3 : 2,
        _ => 0,
    };
}
