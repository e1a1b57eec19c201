namespace Writ.Governance.Folds;

/// <summary>
/// State that follows from a log and may be kept in a <see cref="FoldSnapshot"/>. Equal states write equal bytes, and what was written reads
/// back as the same state.
/// </summary>
internal interface IFoldState
{
    /// <summary>
    /// Writes the whole state. No name of a user and nothing else of a payload may be in it: that is read from the vault again. False where
    /// the state holds such a thing for now; then there is no snapshot.
    /// </summary>
    bool TryWriteTo(FoldWriter writer);

    /// <summary>Reads what was written into a state in which nothing is yet.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    void ReadFrom(FoldReader reader);
}
