namespace Writ.Cli.Evidence;

/// <summary>One thing that is wrong with an evidence pack, or that its verification leaves open.</summary>
/// <param name="Kind">What, by the name that every verifier uses (docs/evidence.md).</param>
/// <param name="File">The file in the pack.</param>
/// <param name="Detail">In words.</param>
internal sealed record PackFinding(string Kind, string File, string Detail)
{
    public const string Malformed = "PackMalformed";
    public const string ForeignFile = "ForeignFile";
    public const string FileMissing = "FileMissing";
    public const string FileAltered = "FileAltered";
    public const string CheckpointInvalid = "CheckpointInvalid";
    public const string ProofMalformed = "ProofMalformed";
    public const string ProofFails = "ProofFails";
    public const string RecordMalformed = "RecordMalformed";

    /// <summary>A pack of a range leaves out a record of it.</summary>
    public const string RecordMissing = "RecordMissing";

    public const string DigestUnresolved = "DigestUnresolved";

    /// <summary>The pack's own key was used, for want of one from elsewhere.</summary>
    public const string KeyUnconfirmed = "KeyUnconfirmed";

    /// <summary>A permitted action had no effect on record when the pack was made.</summary>
    public const string EffectOutstanding = "EffectOutstanding";

    /// <summary>False for what is only left open.</summary>
    public bool IsViolation => Kind is not (KeyUnconfirmed or EffectOutstanding);

    public override string ToString() => $"{Kind} {File}: {Detail}";
}
