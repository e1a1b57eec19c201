using Writ.Crypto.Hashing;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Witnessing;

/// <summary>A port: carries a request to a witness. Implementations bound the wait and the answer, and are thread safe.</summary>
public interface IWitnessTransport
{
    /// <summary>Posts an add-checkpoint request to the witness's address.</summary>
    ValueTask<WitnessReply> AddCheckpointAsync(TrustedWitness witness, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

    /// <summary>Gets the newest checkpoint that the witness cosigned of the log whose origin has this SHA-256.</summary>
    ValueTask<WitnessReply> LatestAsync(TrustedWitness witness, Hash256 originHash, CancellationToken cancellationToken);
}
