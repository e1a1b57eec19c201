using Writ.Ledger;

namespace Writ.Bench.Installations;

/// <summary>Waits until the hashes of all full segments are kept, as they are on a server that ran for a while.</summary>
internal static class HashesKept
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    public static void Wait(params ReadOnlySpan<MerkleLedger> ledgers)
    {
        foreach (var ledger in ledgers)
        {
            if (!SpinWait.SpinUntil(() => ledger.WithoutHashes == 0, Most))
                throw new InvalidOperationException("the hashes of full segments were not kept");
        }
    }
}
