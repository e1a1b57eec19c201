using Writ.Crypto.Sealing;

namespace Writ.Governance.Records;

/// <summary>What a record says of a payload that was sealed for it.</summary>
/// <param name="Commitment">The commitment to it.</param>
/// <param name="Subject">Whom it is about, as the record may say it.</param>
public readonly record struct SealedSubject(Commitment Commitment, PayloadSubject Subject);
